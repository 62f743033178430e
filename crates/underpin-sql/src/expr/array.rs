//! Arrays: what is in them.

use underpin_core::{ColumnType, Value};

use super::{Expr, Filter, methods};
use crate::{Function, Param, Tree};

static CONTAINS: Function = Function::per_dialect(
    "has_all",
    "({0} @> {1})",
    "CASE WHEN {0} IS NULL THEN NULL ELSE NOT EXISTS (SELECT 1 FROM json_each({1}) AS w WHERE NOT EXISTS \
     (SELECT 1 FROM json_each({0}) AS h WHERE h.value = w.value)) END",
);
static OVERLAPS: Function = Function::per_dialect(
    "has_any",
    "({0} && {1})",
    "CASE WHEN {0} IS NULL THEN NULL ELSE EXISTS (SELECT 1 FROM json_each({0}) AS h JOIN json_each({1}) AS w \
     ON h.value = w.value) END",
);
static LENGTH: Function =
    Function::per_dialect("cardinality", "cardinality({0})::int8", "json_array_length({0})");

fn with<S, V: Value>(function: &'static Function, of: Tree, values: Vec<V>) -> Filter<S> {
    let values = of.beside(Param::new(values));
    Expr::of(Tree::call(function, vec![of, values], ColumnType::Bool))
}

methods! {
    impl [V: Value,] Vec<V> {
        /// Has all of these elements.
        pub fn has_all(self, values: impl IntoIterator<Item = impl Into<V>>) -> Filter<S> {
            with(&CONTAINS, self.into_tree(), values.into_iter().map(Into::into).collect())
        }

        /// Has one of these elements.
        pub fn has_any(self, values: impl IntoIterator<Item = impl Into<V>>) -> Filter<S> {
            with(&OVERLAPS, self.into_tree(), values.into_iter().map(Into::into).collect())
        }

        /// Has this element.
        pub fn has(self, value: impl Into<V>) -> Filter<S> {
            with(&CONTAINS, self.into_tree(), vec![value.into()])
        }

        /// How many elements it has.
        pub fn cardinality(self) -> Expr<S, i64, N> {
            Expr::of(Tree::call(&LENGTH, vec![self.into_tree()], ColumnType::BigInt))
        }
    }
}
