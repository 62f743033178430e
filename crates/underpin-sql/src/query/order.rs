//! The order of a result.

use std::marker::PhantomData;

use underpin_schema::{NullsOrder, SortOrder};

use super::Tree;

/// One key of an order, erased.
#[derive(Debug, Clone)]
pub struct Order {
    /// By what.
    pub by: Tree,
    /// Ascending or descending.
    pub sort: SortOrder,
    /// Where NULLs stand. `Default` is the same in every dialect: last ascending, first descending.
    pub nulls: NullsOrder,
}

impl Order {
    /// From low to high.
    #[must_use]
    pub fn asc(by: Tree) -> Self {
        Self { by, sort: SortOrder::Asc, nulls: NullsOrder::Default }
    }

    /// From high to low.
    #[must_use]
    pub fn desc(by: Tree) -> Self {
        Self { by, sort: SortOrder::Desc, nulls: NullsOrder::Default }
    }

    /// Whether NULLs stand before all values.
    #[must_use]
    pub fn puts_nulls_first(&self) -> bool {
        matches!((self.nulls, self.sort), (NullsOrder::First, _) | (NullsOrder::Default, SortOrder::Desc))
    }
}

/// One key of an order of rows of the tables `S`.
pub struct OrderBy<S> {
    order: Order,
    tables: PhantomData<fn() -> S>,
}

impl<S> Clone for OrderBy<S> {
    fn clone(&self) -> Self {
        Self::new(self.order.clone())
    }
}

impl<S> std::fmt::Debug for OrderBy<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.order.fmt(f)
    }
}

impl<S> OrderBy<S> {
    pub(crate) fn new(order: Order) -> Self {
        Self { order, tables: PhantomData }
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
