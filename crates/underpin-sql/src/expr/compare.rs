//! Comparisons, with values and with other expressions.

use underpin_core::Value;

use super::{Comparable, Expr, Filter, Operand, methods};
use crate::query::align;
use crate::{Comparison, Order, OrderBy, Param};

/// Writes a comparison with a value and the same with an expression. Its calls stand on one line each, because the compiler
/// quotes them where something wrong is compared.
macro_rules! comparison {
    ($comparison:ident: $name:ident $doc:literal, $name_expr:ident $doc_expr:literal) => {
        methods! {
            impl [V: Value,] V {
                #[doc = $doc]
                pub fn $name(self, value: impl Comparable<V>) -> Filter<S> {
                    let value = Param::new(value.into_value());
                    Expr::of(self.into_tree().compare_value(Comparison::$comparison, value))
                }

                #[doc = $doc_expr]
                pub fn $name_expr<O: Operand<V>>(self, other: O) -> Filter<(S, O::Scope)> {
                    let (left, right) = align(self.into_tree(), other.into_tree());
                    Expr::of(left.compare(Comparison::$comparison, right))
                }
            }
        }
    };
}

comparison!(Eq: eq "Equal to the value.", eq_expr "Equal to the other expression.");
comparison!(Ne: ne "Another value than this one.", ne_expr "Another value than that of the other expression.");
comparison!(Lt: lt "Less than the value.", lt_expr "Less than the other expression.");
comparison!(Le: le "At most the value.", le_expr "At most the other expression.");
comparison!(Gt: gt "More than the value.", gt_expr "More than the other expression.");
comparison!(Ge: ge "At least the value.", ge_expr "At least the other expression.");

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
