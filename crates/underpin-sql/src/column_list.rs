//! Some columns of one table.

use underpin_core::Value;
use underpin_schema::Table;

use crate::{Column, Nullness};

/// A column of the table `T`, or a tuple of up to eight of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of columns of `{T}`",
    note = "give a column of that table, or a tuple of up to eight of them"
)]
pub trait ColumnList<T> {
    /// Appends the columns' positions.
    fn append_to(self, positions: &mut Vec<usize>);
}

impl<T: Table, V: Value, N: Nullness> ColumnList<T> for Column<T, V, N> {
    fn append_to(self, positions: &mut Vec<usize>) {
        positions.push(self.position());
    }
}

macro_rules! tuple {
    ($($name:ident),+) => {
        impl<T, $($name: ColumnList<T>),+> ColumnList<T> for ($($name,)+) {
            #[allow(non_snake_case)] // the names are those of the type parameters
            fn append_to(self, positions: &mut Vec<usize>) {
                let ($($name,)+) = self;
                $($name.append_to(positions);)+
            }
        }
    };
}

tuple!(A);
tuple!(A, B);
tuple!(A, B, C);
tuple!(A, B, C, D);
tuple!(A, B, C, D, E);
tuple!(A, B, C, D, E, F);
tuple!(A, B, C, D, E, F, G);
tuple!(A, B, C, D, E, F, G, H);
