//! Text: case, length, parts, and patterns.

use underpin_core::ColumnType;

use super::{Expr, Filter, Operand, methods};
use crate::{Comparison, Function, Node, Param, Tree};

static LOWER: Function = Function::per_dialect("lower", "lower({0})", "underpin_lower({0})");
static UPPER: Function = Function::per_dialect("upper", "upper({0})", "underpin_upper({0})");
static LENGTH: Function = Function::per_dialect("length", "length({0})::int8", "length({0})");
static TRIM: Function = Function::per_dialect("trim", "btrim({0})", "trim({0})");
static TRIM_START: Function = Function::same("ltrim", "ltrim({0})");
static TRIM_END: Function = Function::same("rtrim", "rtrim({0})");
static SUBSTR: Function = Function::same("substr", "substr({0}, {1}, {2})");
static REPLACE: Function = Function::same("replace", "replace({0}, {1}, {2})");
static CONCAT: Function = Function::same("concat", "({0} || {1})");
static POSITION: Function = Function::per_dialect("position", "strpos({0}, {1})::int8", "instr({0}, {1})");
static LIKE: Function = Function::per_dialect("like", "({0} LIKE {1})", "underpin_like({0}, {1})");
static ILIKE: Function = Function::per_dialect("ilike", "({0} ILIKE {1})", "underpin_ilike({0}, {1})");

/// A text beside an expression.
fn text(of: &Tree, value: impl Into<String>) -> Tree {
    Tree { node: Node::Param(Param::new(value.into()), of.subject()), ty: ColumnType::Text }
}

/// A pattern that finds exactly this text, between what stands before and behind it.
fn pattern(before: &str, value: &str, behind: &str) -> String {
    let mut pattern = String::with_capacity(value.len() + 2);
    pattern.push_str(before);
    for letter in value.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push_str(behind);
    pattern
}

fn matches<S>(function: &'static Function, of: Tree, pattern: String) -> Filter<S> {
    let pattern = text(&of, pattern);
    Expr::of(Tree::call(function, vec![of, pattern], ColumnType::Bool))
}

fn to_text<S, N>(function: &'static Function, args: Vec<Tree>) -> Expr<S, String, N> {
    Expr::of(Tree::call(function, args, ColumnType::Text))
}

methods! {
    impl [] String {
        /// In lower case, letter by letter.
        pub fn lower(self) -> Expr<S, String, N> {
            to_text(&LOWER, vec![self.into_tree()])
        }

        /// In upper case, letter by letter.
        pub fn upper(self) -> Expr<S, String, N> {
            to_text(&UPPER, vec![self.into_tree()])
        }

        /// Number of characters.
        pub fn length(self) -> Expr<S, i64, N> {
            Expr::of(Tree::call(&LENGTH, vec![self.into_tree()], ColumnType::BigInt))
        }

        /// Without blanks at both ends.
        pub fn trim(self) -> Expr<S, String, N> {
            to_text(&TRIM, vec![self.into_tree()])
        }

        /// Without blanks before it.
        pub fn trim_start(self) -> Expr<S, String, N> {
            to_text(&TRIM_START, vec![self.into_tree()])
        }

        /// Without blanks behind it.
        pub fn trim_end(self) -> Expr<S, String, N> {
            to_text(&TRIM_END, vec![self.into_tree()])
        }

        /// At most so many characters, from the character with this number on; the first is number 1.
        pub fn substr(self, from: u16, length: u16) -> Expr<S, String, N> {
            let numbers = [from.max(1), length].map(Tree::number);
            to_text(&SUBSTR, std::iter::once(self.into_tree()).chain(numbers).collect())
        }

        /// With each occurrence of one text replaced by another.
        pub fn replace(self, what: impl Into<String>, with: impl Into<String>) -> Expr<S, String, N> {
            let tree = self.into_tree();
            let texts = [text(&tree, what), text(&tree, with)];
            to_text(&REPLACE, std::iter::once(tree).chain(texts).collect())
        }

        /// With a text behind it.
        pub fn concat(self, value: impl Into<String>) -> Expr<S, String, N> {
            let tree = self.into_tree();
            let value = text(&tree, value);
            to_text(&CONCAT, vec![tree, value])
        }

        /// With another expression behind it; NULL if either is.
        pub fn concat_expr<O: Operand<String>>(self, other: O) -> Expr<(S, O::Scope), String, N::Or<O::Null>> {
            to_text(&CONCAT, vec![self.into_tree(), other.into_tree()])
        }

        /// Where a text stands in it first, counted in characters from 1; 0 if nowhere.
        pub fn position_of(self, of: impl Into<String>) -> Expr<S, i64, N> {
            let tree = self.into_tree();
            let of = text(&tree, of);
            Expr::of(Tree::call(&POSITION, vec![tree, of], ColumnType::BigInt))
        }

        /// Matches a pattern: `%` stands for any text, `_` for one character, a backslash takes the next one as it is.
        pub fn like(self, pattern: impl Into<String>) -> Filter<S> {
            matches(&LIKE, self.into_tree(), pattern.into())
        }

        /// As `like`, whatever the case of letters.
        pub fn ilike(self, pattern: impl Into<String>) -> Filter<S> {
            matches(&ILIKE, self.into_tree(), pattern.into())
        }

        /// Equal to the value, whatever the case of letters.
        pub fn ieq(self, value: impl Into<String>) -> Filter<S> {
            let tree = self.into_tree();
            let value = tree.beside(Param::new(value.into()));
            let lower = |tree| Tree::call(&LOWER, vec![tree], ColumnType::Text);
            Expr::of(lower(tree).compare(Comparison::Eq, lower(value.taken_as(ColumnType::Text))))
        }

        /// Holds this text somewhere, `%` and `_` as they are.
        pub fn contains(self, value: impl AsRef<str>) -> Filter<S> {
            matches(&LIKE, self.into_tree(), pattern("%", value.as_ref(), "%"))
        }

        /// Begins with this text.
        pub fn starts_with(self, value: impl AsRef<str>) -> Filter<S> {
            matches(&LIKE, self.into_tree(), pattern("", value.as_ref(), "%"))
        }

        /// Ends with this text.
        pub fn ends_with(self, value: impl AsRef<str>) -> Filter<S> {
            matches(&LIKE, self.into_tree(), pattern("%", value.as_ref(), ""))
        }
    }
}
