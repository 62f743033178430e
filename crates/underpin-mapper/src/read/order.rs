//! One or several keys of an order.

use underpin_sql::{Order, OrderBy};

/// One key of an order, or a tuple of up to six.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an order of `{T}`",
    note = "give `UserRow::EMAIL.asc()`, or a tuple of such keys of one table"
)]
pub trait IntoOrder<T> {
    /// The keys, the first deciding first.
    fn into_order(self) -> Vec<Order>;
}

impl<T> IntoOrder<T> for OrderBy<T> {
    fn into_order(self) -> Vec<Order> {
        vec![OrderBy::into_order(self)]
    }
}

macro_rules! tuple_order {
    ($($name:ident),+) => {
        impl<T, $($name: IntoOrder<T>),+> IntoOrder<T> for ($($name,)+) {
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

tuple_order!(A);
tuple_order!(A, B);
tuple_order!(A, B, C);
tuple_order!(A, B, C, D);
tuple_order!(A, B, C, D, E);
tuple_order!(A, B, C, D, E, F);
