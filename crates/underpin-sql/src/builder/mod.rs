//! A query while it is being built: typed by its tables, by what it selects, and by who runs it.

mod group;
mod join;
mod lock;
mod order;
mod page;
mod run;
mod set;
mod start;
mod written;

use std::marker::PhantomData;

use crate::{Condition, Covers, Distinct, Select};

pub use group::IntoGroup;
pub use join::Joining;
pub use lock::Transactional;
pub use order::IntoOrder;
pub use page::Page;
pub use run::Runner;
pub use set::Part;
pub use start::{Selecting, from, from_as};
pub use written::ByHand;

/// A query on the tables `Q` that gives what `L` says and is run by `X`; with `()` for `X` it is a part of another
/// query.
#[must_use = "a query does nothing before `all`, `first`, `one`, `count`, `exists` or `portions` is awaited"]
pub struct SelectFrom<Q, L, X = ()> {
    runner: X,
    select: Select,
    types: PhantomData<fn() -> (Q, L)>,
}

impl<Q, L, X: Clone> Clone for SelectFrom<Q, L, X> {
    fn clone(&self) -> Self {
        Self::new(self.runner.clone(), self.select.clone())
    }
}

impl<Q, L, X> std::fmt::Debug for SelectFrom<Q, L, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.select.fmt(f)
    }
}

impl<Q, L, X> SelectFrom<Q, L, X> {
    /// A query that has been built by hand, and who runs it.
    pub fn new(runner: X, select: Select) -> Self {
        Self { runner, select, types: PhantomData }
    }

    /// The query as a value.
    #[must_use]
    pub fn as_select(&self) -> &Select {
        &self.select
    }

    /// The query as a value.
    #[must_use]
    pub fn into_select(self) -> Select {
        self.select
    }

    fn typed<Q2, L2>(self) -> SelectFrom<Q2, L2, X> {
        SelectFrom::new(self.runner, self.select)
    }

    /// Only rows for which this holds too.
    pub fn filter<C: Condition<S>, S, I>(mut self, condition: C) -> Self
    where
        Q: Covers<S, I>,
    {
        self.select.filter(condition.into_tree());
        self
    }

    /// Only rows for which this holds too, if there is a value; otherwise as it was.
    pub fn filter_some<V, C: Condition<S>, S, I>(
        self,
        value: Option<V>,
        condition: impl FnOnce(V) -> C,
    ) -> Self
    where
        Q: Covers<S, I>,
    {
        match value {
            Some(value) => self.filter(condition(value)),
            None => self,
        }
    }

    /// In this order; replaces an order given before.
    pub fn order_by<I>(mut self, order: impl IntoOrder<Q, I>) -> Self {
        self.select.order = order.into_order();
        self
    }

    /// At most so many.
    pub fn limit(mut self, rows: u64) -> Self {
        self.select.limit = Some(rows);
        self
    }

    /// Leaving out so many first.
    pub fn offset(mut self, rows: u64) -> Self {
        self.select.offset = Some(rows);
        self
    }

    /// Equal rows once.
    pub fn distinct(mut self) -> Self {
        self.select.distinct = Distinct::Rows;
        self
    }

    /// Of the rows with equal values of these, the first of the order.
    pub fn distinct_on<I>(mut self, by: impl IntoGroup<Q, I>) -> Self {
        let mut trees = Vec::new();
        by.append_to(&mut trees);
        self.select.distinct = Distinct::On(trees);
        self
    }
}
