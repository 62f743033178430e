//! A table under another name, for a query that reads it twice.

use std::marker::PhantomData;

use underpin_core::Value;
use underpin_schema::Table;

use crate::{Anywhere, Column, ColumnRef, Expr, NotNull, Nullness, Row, Source, Tree};

/// The table `T` under another name.
///
/// That a query joins it is checked when the query is written, not when it is compiled.
pub struct Alias<T> {
    name: &'static str,
    table: PhantomData<fn() -> T>,
}

/// The table `T` under another name: `let manager = alias::<UserRow>("manager");`.
#[must_use]
pub fn alias<T: Table>(name: &'static str) -> Alias<T> {
    Alias { name, table: PhantomData }
}

impl<T> Clone for Alias<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Alias<T> {}

impl<T> std::fmt::Debug for Alias<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl<T: Table> Alias<T> {
    /// A column of the table under this name.
    pub fn column<V: Value, N: Nullness>(self, column: Column<T, V, N>) -> Expr<Anywhere, V, N> {
        let column = ColumnRef { table: T::def(), alias: Some(self.name), position: column.position() };
        Expr::of(Tree::of_column(column))
    }

    /// All columns of the table under this name, as its row struct.
    #[must_use]
    pub fn row(self) -> Row<T, NotNull, Anywhere> {
        Row::of(self.source())
    }

    pub(crate) fn source(self) -> Source {
        Source { table: T::def(), alias: Some(self.name) }
    }
}
