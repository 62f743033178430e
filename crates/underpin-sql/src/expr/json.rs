//! JSON documents: their parts and their keys.

use underpin_core::{ColumnType, Value};

use super::{Expr, Filter, Nullable, methods};
use crate::{Function, Param, Tree};

// A key is compared as text and never read as a path, whatever stands in it. Of a key that stands twice in a document
// the last counts.
static GET: Function = Function::per_dialect(
    "json_get",
    "({0} -> {1})",
    "(SELECT CASE type WHEN 'object' THEN value WHEN 'array' THEN value WHEN 'true' THEN 'true' \
     WHEN 'false' THEN 'false' WHEN 'null' THEN 'null' ELSE json_quote(value) END \
     FROM json_each({0}) WHERE key = {1} ORDER BY id DESC LIMIT 1)",
);
static GET_TEXT: Function = Function::per_dialect(
    "json_text",
    "({0} ->> {1})",
    "(SELECT CASE type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(value AS TEXT) END \
     FROM json_each({0}) WHERE key = {1} ORDER BY id DESC LIMIT 1)",
);
static HAS_KEY: Function =
    Function::per_dialect("json_has_key", "jsonb_exists({0}, {1})", "underpin_json_has_key({0}, {1})");
static LENGTH: Function =
    Function::per_dialect("json_length", "jsonb_array_length({0})::int8", "json_array_length({0})");
static CONTAINS: Function =
    Function::per_dialect("json_contains", "({0} @> {1})", "underpin_json_contains({0}, {1})");

/// A document is what the column is declared as; checked when the program is compiled.
const fn is_json(ty: ColumnType) -> bool {
    matches!(ty, ColumnType::Json)
}

fn key(of: &str) -> Tree {
    Tree::value(Param::new(of.to_owned()), ColumnType::Text)
}

/// A step of a path into a document: a key, or a place of a list, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonStep {
    /// What stands under a key.
    Key(String),
    /// What stands at a place of a list.
    Place(u16),
}

impl From<&str> for JsonStep {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<String> for JsonStep {
    fn from(key: String) -> Self {
        Self::Key(key)
    }
}

impl From<u16> for JsonStep {
    fn from(place: u16) -> Self {
        Self::Place(place)
    }
}

impl JsonStep {
    fn into_tree(self) -> Tree {
        match self {
            Self::Key(of) => key(&of),
            Self::Place(place) => Tree::number(place),
        }
    }
}

/// What stands one step further.
fn follow(of: Tree, step: JsonStep) -> Tree {
    Tree::call(&GET, vec![of, step.into_tree()], ColumnType::Json)
}

methods! {
    impl [V: Value,] V {
        /// What stands under a key, as a document; NULL if it has no such key.
        pub fn json_get<W: Value>(self, of: &str) -> Expr<S, W, Nullable> {
            const { assert!(is_json(V::TYPE) && is_json(W::TYPE), "`json_get` belongs to JSON documents") };
            Expr::of(Tree::call(&GET, vec![self.into_tree(), key(of)], ColumnType::Json))
        }

        /// What a path leads to, as a document: `.json_path(["address".into(), "lines".into(), 0.into()])`; NULL if it
        /// leads nowhere.
        pub fn json_path<W: Value>(self, path: impl IntoIterator<Item = JsonStep>) -> Expr<S, W, Nullable> {
            const { assert!(is_json(V::TYPE) && is_json(W::TYPE), "`json_path` belongs to JSON documents") };
            Expr::of(path.into_iter().fold(self.into_tree(), follow))
        }

        /// What a path leads to, as text; NULL if it leads nowhere, or null stands there.
        pub fn json_path_text(self, path: impl IntoIterator<Item = JsonStep>) -> Expr<S, String, Nullable> {
            const { assert!(is_json(V::TYPE), "`json_path_text` belongs to JSON documents") };
            let whole = self.into_tree();
            let mut path: Vec<JsonStep> = path.into_iter().collect();
            let Some(last) = path.pop() else {
                return Expr::of(Tree::refused("a path of no steps has no text; give at least one key or place"));
            };
            let parent = path.into_iter().fold(whole, follow);
            Expr::of(Tree::call(&GET_TEXT, vec![parent, last.into_tree()], ColumnType::Text))
        }

        /// What stands at a place of a list, counted from 0, as a document; NULL if there is no such place.
        pub fn json_at<W: Value>(self, place: u16) -> Expr<S, W, Nullable> {
            const { assert!(is_json(V::TYPE) && is_json(W::TYPE), "`json_at` belongs to JSON documents") };
            Expr::of(Tree::call(&GET, vec![self.into_tree(), Tree::number(place)], ColumnType::Json))
        }

        /// What stands under a key, as text; NULL if it has no such key, or null stands there.
        pub fn json_text(self, of: &str) -> Expr<S, String, Nullable> {
            const { assert!(is_json(V::TYPE), "`json_text` belongs to JSON documents") };
            Expr::of(Tree::call(&GET_TEXT, vec![self.into_tree(), key(of)], ColumnType::Text))
        }

        /// Whether it has a key; of a list, whether this text is in it.
        pub fn json_has_key(self, of: &str) -> Filter<S> {
            const { assert!(is_json(V::TYPE), "`json_has_key` belongs to JSON documents") };
            Expr::of(Tree::call(&HAS_KEY, vec![self.into_tree(), key(of)], ColumnType::Bool))
        }

        /// How many elements the list has.
        pub fn json_length(self) -> Expr<S, i64, N> {
            const { assert!(is_json(V::TYPE), "`json_length` belongs to JSON documents") };
            Expr::of(Tree::call(&LENGTH, vec![self.into_tree()], ColumnType::BigInt))
        }

        /// Whether it holds all that stands in another document, as PostgreSQL's `@>` has it: of objects all
        /// members, of lists all elements in whatever order. A list holds a single text, number or truth value, too.
        pub fn json_contains(self, part: impl Into<V>) -> Filter<S> {
            const { assert!(is_json(V::TYPE), "`json_contains` belongs to JSON documents") };
            let tree = self.into_tree();
            let part = tree.beside(Param::new(part.into()));
            Expr::of(Tree::call(&CONTAINS, vec![tree, part], ColumnType::Bool))
        }
    }
}
