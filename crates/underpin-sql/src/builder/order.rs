//! One or several keys of an order.

use crate::{Covers, Order, OrderBy};

/// One key of an order, several in a `Vec`, or a tuple of up to six.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an order of `{Q}`",
    note = "give `UserRow::EMAIL.asc()`, or a tuple of such keys"
)]
pub trait IntoOrder<Q, I> {
    /// The keys, the first deciding first.
    fn into_order(self) -> Vec<Order>;
}

impl<Q: Covers<S, I>, S, I> IntoOrder<Q, I> for OrderBy<S> {
    fn into_order(self) -> Vec<Order> {
        vec![OrderBy::into_order(self)]
    }
}

impl<Q: Covers<S, I>, S, I> IntoOrder<Q, I> for Vec<OrderBy<S>> {
    fn into_order(self) -> Vec<Order> {
        self.into_iter().map(OrderBy::into_order).collect()
    }
}

macro_rules! tuple {
    ($($name:ident $index:ident),+) => {
        impl<Q, $($index, $name: IntoOrder<Q, $index>),+> IntoOrder<Q, ($($index,)+)> for ($($name,)+) {
            #[allow(non_snake_case)] // the names are those of the type parameters
            fn into_order(self) -> Vec<Order> {
                let ($($name,)+) = self;
                let mut order = Vec::new();
                $(order.extend($name.into_order());)+
                order
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
