//! A column, typed by its table and by what it holds.

use std::marker::PhantomData;

use underpin_schema::Table;

use crate::{NotNull, Tree};

/// A column of the table `T` that holds a `V`: `UserRow::EMAIL`. One that may be NULL is a `Column<T, V, Nullable>`.
pub struct Column<T, V, N = NotNull> {
    table: &'static str,
    name: &'static str,
    position: usize,
    types: PhantomData<fn() -> (T, V, N)>,
}

impl<T, V, N> Clone for Column<T, V, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V, N> Copy for Column<T, V, N> {}

impl<T, V, N> std::fmt::Debug for Column<T, V, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.table, self.name)
    }
}

impl<T, V, N> Column<T, V, N> {
    /// The column at a position of a table. `#[derive(Table)]` calls this.
    #[must_use]
    pub const fn new(table: &'static str, name: &'static str, position: usize) -> Self {
        Self { table, name, position, types: PhantomData }
    }

    /// Name of the table.
    #[must_use]
    pub const fn table(self) -> &'static str {
        self.table
    }

    /// Name of the column.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Position among the table's columns.
    #[must_use]
    pub const fn position(self) -> usize {
        self.position
    }
}

impl<T: Table, V, N> Column<T, V, N> {
    /// The erased expression.
    #[must_use]
    pub fn into_tree(self) -> Tree {
        Tree::column(T::def(), self.position)
    }
}
