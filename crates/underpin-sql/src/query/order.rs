//! The order of a result.

use std::marker::PhantomData;

use underpin_schema::{NullsOrder, SortOrder};

/// One key of an order, erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Position of the column.
    pub column: usize,
    /// Ascending or descending.
    pub sort: SortOrder,
    /// Where NULLs stand. `Default` is the same in every dialect: last ascending, first descending.
    pub nulls: NullsOrder,
}

/// One key of an order of rows of `T`.
pub struct OrderBy<T> {
    order: Order,
    table: PhantomData<fn() -> T>,
}

impl<T> std::fmt::Debug for OrderBy<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.order.fmt(f)
    }
}

impl<T> OrderBy<T> {
    pub(crate) fn new(column: usize, sort: SortOrder, nulls: NullsOrder) -> Self {
        Self { order: Order { column, sort, nulls }, table: PhantomData }
    }

    /// With NULLs before all values.
    #[must_use]
    pub fn nulls_first(mut self) -> Self {
        self.order.nulls = NullsOrder::First;
        self
    }

    /// With NULLs after all values.
    #[must_use]
    pub fn nulls_last(mut self) -> Self {
        self.order.nulls = NullsOrder::Last;
        self
    }

    /// The erased key.
    #[must_use]
    pub fn into_order(self) -> Order {
        self.order
    }
}
