//! What rows are grouped by.

use underpin_core::Value;
use underpin_schema::Table;

use super::SelectFrom;
use crate::{Column, Condition, Covers, Expr, Nullness, Tree};

/// A column, an expression, or a tuple of up to six of them.
#[diagnostic::on_unimplemented(
    message = "rows cannot be grouped by `{Self}`",
    note = "give a column, an expression, or a tuple of up to six of them"
)]
pub trait IntoGroup<Q, I> {
    /// Appends the erased expressions.
    fn append_to(self, trees: &mut Vec<Tree>);
}

impl<Q: Covers<S, I>, S, V: Value, N: Nullness, I> IntoGroup<Q, I> for Expr<S, V, N> {
    fn append_to(self, trees: &mut Vec<Tree>) {
        trees.push(self.into_tree());
    }
}

impl<Q: Covers<T, I>, T: Table, V: Value, N: Nullness, I> IntoGroup<Q, I> for Column<T, V, N> {
    fn append_to(self, trees: &mut Vec<Tree>) {
        trees.push(self.into_tree());
    }
}

macro_rules! tuple {
    ($($name:ident $index:ident),+) => {
        impl<Q, $($index, $name: IntoGroup<Q, $index>),+> IntoGroup<Q, ($($index,)+)> for ($($name,)+) {
            #[allow(non_snake_case)] // the names are those of the type parameters
            fn append_to(self, trees: &mut Vec<Tree>) {
                let ($($name,)+) = self;
                $($name.append_to(trees);)+
            }
        }
    };
}

tuple!(A IA);
tuple!(A IA, B IB);
tuple!(A IA, B IB, C IC);
tuple!(A IA, B IB, C IC, D ID);
tuple!(A IA, B IB, C IC, D ID, E IE);
tuple!(A IA, B IB, C IC, D ID, E IE, F IF);

impl<Q, L, X> SelectFrom<Q, L, X> {
    /// One row for all rows with equal values of these.
    pub fn group_by<I>(mut self, by: impl IntoGroup<Q, I>) -> Self {
        by.append_to(&mut self.select.group);
        self
    }

    /// Only groups for which this holds too.
    pub fn having<C: Condition<S>, S, I>(mut self, condition: C) -> Self
    where
        Q: Covers<S, I>,
    {
        let condition = condition.into_tree();
        self.select.having = Some(match self.select.having.take() {
            Some(before) => before.and(condition),
            None => condition,
        });
        self
    }
}
