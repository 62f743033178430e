//! A column, typed by its table and by what it holds.

use std::marker::PhantomData;

use underpin_core::Value;
use underpin_schema::{NullsOrder, SortOrder, Table};

use crate::query::{Comparison, Expr, Filter, OrderBy, Param};

/// A column of the table `T` that holds a `V`: `UserRow::EMAIL`.
pub struct Column<T, V> {
    table: &'static str,
    name: &'static str,
    position: usize,
    types: PhantomData<fn() -> (T, V)>,
}

impl<T, V> Clone for Column<T, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V> Copy for Column<T, V> {}

impl<T, V> std::fmt::Debug for Column<T, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.table, self.name)
    }
}

impl<T, V> Column<T, V> {
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

impl<T: Table, V: Value> Column<T, V> {
    fn compare(self, comparison: Comparison, value: impl Into<V>) -> Filter<T> {
        Filter::new(Expr::Compare { column: self.position, comparison, value: Param::new(value.into()) })
    }

    /// Equal to the value; with `None`, is NULL.
    #[must_use]
    pub fn eq(self, value: impl Into<V>) -> Filter<T> {
        let value = value.into();
        if value.is_null() { self.is_null() } else { self.compare(Comparison::Eq, value) }
    }

    /// Another value than this one; with `None`, is not NULL.
    #[must_use]
    pub fn ne(self, value: impl Into<V>) -> Filter<T> {
        let value = value.into();
        if value.is_null() { self.is_not_null() } else { self.compare(Comparison::Ne, value) }
    }

    /// Less than the value.
    #[must_use]
    pub fn lt(self, value: impl Into<V>) -> Filter<T> {
        self.compare(Comparison::Lt, value)
    }

    /// At most the value.
    #[must_use]
    pub fn le(self, value: impl Into<V>) -> Filter<T> {
        self.compare(Comparison::Le, value)
    }

    /// More than the value.
    #[must_use]
    pub fn gt(self, value: impl Into<V>) -> Filter<T> {
        self.compare(Comparison::Gt, value)
    }

    /// At least the value.
    #[must_use]
    pub fn ge(self, value: impl Into<V>) -> Filter<T> {
        self.compare(Comparison::Ge, value)
    }

    /// From `low` to `high`, both included.
    #[must_use]
    pub fn between(self, low: impl Into<V>, high: impl Into<V>) -> Filter<T> {
        self.ge(low).and(self.le(high))
    }

    /// One of the values; of none, nothing.
    #[must_use]
    pub fn is_in<I>(self, values: I) -> Filter<T>
    where
        I: IntoIterator,
        I::Item: Into<V>,
    {
        let values = values.into_iter().map(|value| Param::new(value.into())).collect();
        Filter::new(Expr::In { column: self.position, values })
    }

    /// NULL.
    #[must_use]
    pub fn is_null(self) -> Filter<T> {
        Filter::new(Expr::IsNull { column: self.position, negated: false })
    }

    /// Not NULL.
    #[must_use]
    pub fn is_not_null(self) -> Filter<T> {
        Filter::new(Expr::IsNull { column: self.position, negated: true })
    }

    /// From low to high.
    #[must_use]
    pub fn asc(self) -> OrderBy<T> {
        OrderBy::new(self.position, SortOrder::Asc, NullsOrder::Default)
    }

    /// From high to low.
    #[must_use]
    pub fn desc(self) -> OrderBy<T> {
        OrderBy::new(self.position, SortOrder::Desc, NullsOrder::Default)
    }
}
