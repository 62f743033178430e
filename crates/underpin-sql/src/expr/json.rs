//! JSON documents: their parts and their keys.

use underpin_core::{ColumnType, Value};

use super::{Expr, Filter, Nullable, methods};
use crate::{Function, Param, Tree};

// A key is compared as text and never read as a path, whatever stands in it. Of a key that stands twice in a document
// the last counts.
static GET: Function = Function::per_dialect(
    "json",
    "({0} -> {1})",
    "(SELECT CASE type WHEN 'object' THEN value WHEN 'array' THEN value WHEN 'true' THEN 'true' \
     WHEN 'false' THEN 'false' WHEN 'null' THEN 'null' ELSE json_quote(value) END \
     FROM json_each({0}) WHERE key = {1} ORDER BY id DESC LIMIT 1)",
);
static GET_TEXT: Function = Function::per_dialect(
    "json",
    "({0} ->> {1})",
    "(SELECT CASE type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(value AS TEXT) END \
     FROM json_each({0}) WHERE key = {1} ORDER BY id DESC LIMIT 1)",
);
static HAS_KEY: Function = Function::per_dialect(
    "json",
    "jsonb_exists({0}, {1})",
    "EXISTS (SELECT 1 FROM json_each({0}) WHERE key = {1})",
);
static LENGTH: Function =
    Function::per_dialect("json", "jsonb_array_length({0})::int8", "json_array_length({0})");
static CONTAINS: Function = Function::per_dialect("json", "({0} @> {1})", "");

/// A document is what the column is declared as; checked when the program is compiled.
const fn is_json(ty: ColumnType) -> bool {
    matches!(ty, ColumnType::Json)
}

fn key(of: &str) -> Tree {
    Tree::value(Param::new(of.to_owned()), ColumnType::Text)
}

methods! {
    impl [V: Value,] V {
        /// What stands under a key, as a document; NULL if it has no such key.
        pub fn json_get<W: Value>(self, of: &str) -> Expr<S, W, Nullable> {
            const { assert!(is_json(V::TYPE) && is_json(W::TYPE), "`json_get` belongs to JSON documents") };
            Expr::of(Tree::call(&GET, vec![self.into_tree(), key(of)], ColumnType::Json))
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

        /// Whether it has a key.
        pub fn json_has_key(self, of: &str) -> Filter<S> {
            const { assert!(is_json(V::TYPE), "`json_has_key` belongs to JSON documents") };
            Expr::of(Tree::call(&HAS_KEY, vec![self.into_tree(), key(of)], ColumnType::Bool))
        }

        /// How many elements the list has.
        pub fn json_length(self) -> Expr<S, i64, N> {
            const { assert!(is_json(V::TYPE), "`json_length` belongs to JSON documents") };
            Expr::of(Tree::call(&LENGTH, vec![self.into_tree()], ColumnType::BigInt))
        }

        /// Whether it holds all that stands in another document. SQLite has no such operator.
        pub fn json_contains(self, part: impl Into<V>) -> Filter<S> {
            const { assert!(is_json(V::TYPE), "`json_contains` belongs to JSON documents") };
            let tree = self.into_tree();
            let part = tree.beside(Param::new(part.into()));
            Expr::of(Tree::call(&CONTAINS, vec![tree, part], ColumnType::Bool))
        }
    }
}
