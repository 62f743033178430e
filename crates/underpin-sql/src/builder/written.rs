//! SQL by hand, with bound parameters and a typed result.

use std::marker::PhantomData;

use underpin_core::{Result, Value};
use underpin_schema::Table;

use super::{Runner, Selecting};
use crate::{Column, Columns, Param, Select, Selection, Tree, value};

/// A query by hand whose rows are read as the selection `L`.
#[must_use = "a query does nothing before `all`, `first` or `check` is awaited"]
pub struct ByHand<L, X> {
    runner: X,
    select: Select,
    types: PhantomData<fn() -> L>,
}

impl<L, X> std::fmt::Debug for ByHand<L, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.select.written.fmt(f)
    }
}

impl<L: Selection, X> Selecting<L, X> {
    /// By hand: a text of the program that gives columns of the types of the selection, in its order. `$1` stands for
    /// the first value that is bound, on every database; nothing else gets into the text.
    pub fn sql(self, text: &'static str) -> ByHand<L, X> {
        let (runner, columns) = self.into_parts();
        ByHand { runner, select: Select::written(text, columns), types: PhantomData }
    }
}

impl<L, X> ByHand<L, X> {
    fn bound(mut self, param: Tree) -> Self {
        if let Some(written) = &mut self.select.written {
            written.params.push(param);
        }
        self
    }

    /// Binds the next parameter.
    pub fn bind<V: Value>(self, given: impl Into<V>) -> Self {
        self.bound(value::<V>(given).into_tree())
    }

    /// Binds the next parameter, as a value of a column that it is compared with.
    pub fn bind_as<T: Table, V: Value, N>(self, column: Column<T, V, N>, given: impl Into<V>) -> Self {
        self.bound(column.into_tree().beside(Param::new(given.into())))
    }
}

impl<L: Selection, X: Runner> ByHand<L, X> {
    /// All rows of the query.
    ///
    /// # Errors
    /// If the database refuses the query, or a row is not what was declared.
    pub async fn all(self) -> Result<Vec<L::Output>> {
        self.runner.all::<Columns<L>>(&self.select).await
    }

    /// The first row of the query, or `None`. The text decides how many rows the database looks for.
    ///
    /// # Errors
    /// If the database refuses the query, or a row is not what was declared.
    pub async fn first(self) -> Result<Option<L::Output>> {
        Ok(self.all().await?.into_iter().next())
    }

    /// Lets the database look at the query without running it, for a test against a scratch database: whether its
    /// tables and columns are there, and on PostgreSQL whether they are of the types that are selected.
    ///
    /// # Errors
    /// If the database refuses the query, or would give other columns than are selected.
    pub async fn check(self) -> Result<()> {
        let mut outer = Select::new(self.select.from.table);
        outer.columns.clone_from(&self.select.columns);
        outer.inner = Some(Box::new(self.select));
        outer.everything = true;
        outer.limit = Some(0);
        self.runner.all::<Columns<L>>(&outer).await.map(drop)
    }
}
