//! Comparisons, with values and with other expressions.

use underpin_core::Value;

use super::{Comparable, Expr, Filter, Operand, methods};
use crate::query::align;
use crate::{Comparison, Order, OrderBy, Param, Tree};

// Each written out: of a method that a macro writes, the compiler would show the macro beside the mistake.
methods! {
    impl [V: Value,] V {
        /// Equal to the value.
        pub fn eq(self, value: impl Comparable<V>) -> Filter<S> {
            compare_value(self.into_tree(), Comparison::Eq, value.into_value())
        }

        /// Equal to the other expression.
        pub fn eq_expr<O: Operand<V>>(self, other: O) -> Filter<(S, O::Scope)> {
            compare(self.into_tree(), Comparison::Eq, other.into_tree())
        }

        /// Another value than this one.
        pub fn ne(self, value: impl Comparable<V>) -> Filter<S> {
            compare_value(self.into_tree(), Comparison::Ne, value.into_value())
        }

        /// Another value than that of the other expression.
        pub fn ne_expr<O: Operand<V>>(self, other: O) -> Filter<(S, O::Scope)> {
            compare(self.into_tree(), Comparison::Ne, other.into_tree())
        }

        /// Less than the value.
        pub fn lt(self, value: impl Comparable<V>) -> Filter<S> {
            compare_value(self.into_tree(), Comparison::Lt, value.into_value())
        }

        /// Less than the other expression.
        pub fn lt_expr<O: Operand<V>>(self, other: O) -> Filter<(S, O::Scope)> {
            compare(self.into_tree(), Comparison::Lt, other.into_tree())
        }

        /// At most the value.
        pub fn le(self, value: impl Comparable<V>) -> Filter<S> {
            compare_value(self.into_tree(), Comparison::Le, value.into_value())
        }

        /// At most the other expression.
        pub fn le_expr<O: Operand<V>>(self, other: O) -> Filter<(S, O::Scope)> {
            compare(self.into_tree(), Comparison::Le, other.into_tree())
        }

        /// More than the value.
        pub fn gt(self, value: impl Comparable<V>) -> Filter<S> {
            compare_value(self.into_tree(), Comparison::Gt, value.into_value())
        }

        /// More than the other expression.
        pub fn gt_expr<O: Operand<V>>(self, other: O) -> Filter<(S, O::Scope)> {
            compare(self.into_tree(), Comparison::Gt, other.into_tree())
        }

        /// At least the value.
        pub fn ge(self, value: impl Comparable<V>) -> Filter<S> {
            compare_value(self.into_tree(), Comparison::Ge, value.into_value())
        }

        /// At least the other expression.
        pub fn ge_expr<O: Operand<V>>(self, other: O) -> Filter<(S, O::Scope)> {
            compare(self.into_tree(), Comparison::Ge, other.into_tree())
        }
    }
}

fn compare_value<S, V: Value>(tree: Tree, comparison: Comparison, value: V) -> Filter<S> {
    Expr::of(tree.compare_value(comparison, Param::new(value)))
}

fn compare<S>(tree: Tree, comparison: Comparison, other: Tree) -> Filter<S> {
    let (left, right) = align(tree, other);
    Expr::of(left.compare(comparison, right))
}

methods! {
    impl [V: Value,] V {
        /// From `low` to `high`, both included.
        pub fn between(self, low: impl Comparable<V>, high: impl Comparable<V>) -> Filter<S> {
            let tree = self.into_tree();
            let low = tree.clone().compare_value(Comparison::Ge, Param::new(low.into_value()));
            let high = tree.compare_value(Comparison::Le, Param::new(high.into_value()));
            Expr::of(low.and(high))
        }

        /// One of the values; of none, nothing.
        pub fn is_in<I>(self, values: I) -> Filter<S>
        where
            I: IntoIterator,
            I::Item: Comparable<V>,
        {
            let values = values.into_iter().map(|value| Param::new(value.into_value())).collect();
            Expr::of(self.into_tree().is_in(values))
        }

        /// NULL.
        pub fn is_null(self) -> Filter<S> {
            Expr::of(self.into_tree().is_null())
        }

        /// Not NULL.
        pub fn is_not_null(self) -> Filter<S> {
            Expr::of(self.into_tree().is_not_null())
        }

        /// From low to high.
        #[must_use]
        pub fn asc(self) -> OrderBy<S> {
            OrderBy::new(Order::asc(self.into_tree()))
        }

        /// From high to low.
        #[must_use]
        pub fn desc(self) -> OrderBy<S> {
            OrderBy::new(Order::desc(self.into_tree()))
        }
    }
}
