//! Comparisons, with values and with other expressions.

use underpin_core::Value;

use super::{Comparable, Expr, Filter, Operand, methods};
use crate::query::align;
use crate::{Comparison, Order, OrderBy, Param};

/// Writes a comparison with a value and the same with an expression.
macro_rules! comparison {
    ($(#[$doc:meta])* $name:ident, $(#[$doc_expr:meta])* $name_expr:ident, $comparison:ident) => {
        methods! {
            impl [V: Value,] V {
                $(#[$doc])*
                pub fn $name(self, value: impl Comparable<V>) -> Filter<S> {
                    let value = Param::new(value.into_value());
                    Expr::of(self.into_tree().compare_value(Comparison::$comparison, value))
                }

                $(#[$doc_expr])*
                pub fn $name_expr<O: Operand<V>>(self, other: O) -> Filter<(S, O::Scope)> {
                    let (left, right) = align(self.into_tree(), other.into_tree());
                    Expr::of(left.compare(Comparison::$comparison, right))
                }
            }
        }
    };
}

comparison!(
    /// Equal to the value.
    eq,
    /// Equal to the other expression.
    eq_expr,
    Eq
);
comparison!(
    /// Another value than this one.
    ne,
    /// Another value than that of the other expression.
    ne_expr,
    Ne
);
comparison!(
    /// Less than the value.
    lt,
    /// Less than the other expression.
    lt_expr,
    Lt
);
comparison!(
    /// At most the value.
    le,
    /// At most the other expression.
    le_expr,
    Le
);
comparison!(
    /// More than the value.
    gt,
    /// More than the other expression.
    gt_expr,
    Gt
);
comparison!(
    /// At least the value.
    ge,
    /// At least the other expression.
    ge_expr,
    Ge
);

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
