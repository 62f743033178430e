//! Where a query starts: with what it selects, or with its first table.

use underpin_schema::{RowStruct, Table};

use super::SelectFrom;
use crate::{Alias, Anywhere, Columns, Select, Selectable, Selection, Tree};

/// What is selected, while the tables are not yet known.
#[must_use = "say where the columns come from: `.from::<UserRow>()`"]
pub struct Selecting<L, X> {
    runner: X,
    columns: Vec<Tree>,
    types: std::marker::PhantomData<fn() -> L>,
}

impl<L, X> std::fmt::Debug for Selecting<L, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.columns.fmt(f)
    }
}

fn trees<L: Selection>(selection: L) -> Vec<Tree> {
    let mut columns = Vec::with_capacity(L::width());
    selection.append_to(&mut columns);
    columns
}

impl<L: Selection, X> Selecting<L, X> {
    /// Starts a query that `runner` runs.
    pub fn new(runner: X, selection: L) -> Self {
        Self { runner, columns: trees(selection), types: std::marker::PhantomData }
    }

    pub(super) fn into_parts(self) -> (X, Vec<Tree>) {
        (self.runner, self.columns)
    }

    /// From the rows of `T`.
    pub fn from<T: RowStruct>(self) -> SelectFrom<T::Itself, Columns<L>, X> {
        let mut select = Select::new(T::Itself::def());
        select.columns = self.columns;
        SelectFrom::new(self.runner, select)
    }
}

impl<L: Selection, X> Selecting<L, X> {
    /// From the rows of a table under another name.
    pub fn from_as<T: Table>(self, alias: Alias<T>) -> SelectFrom<Anywhere, Columns<L>, X> {
        let mut select = Select::new(T::def());
        select.columns = self.columns;
        select.from = alias.source();
        SelectFrom::new(self.runner, select)
    }
}

/// As [`from`], of a table under another name.
pub fn from_as<T: Table>(alias: Alias<T>) -> SelectFrom<Anywhere, (), ()> {
    let mut select = Select::new(T::def());
    select.from = alias.source();
    SelectFrom::new((), select)
}

/// Starts a query that is a part of another one: for `EXISTS`, `IN`, a single value, a common table expression.
pub fn from<T: RowStruct>() -> SelectFrom<T::Itself, (), ()> {
    SelectFrom::new((), Select::new(T::Itself::def()))
}

impl<Q> SelectFrom<Q, (), ()> {
    /// Selects these columns.
    pub fn select<L: Selectable>(mut self, selection: L) -> SelectFrom<Q, Columns<L::Itself>> {
        self.select.columns = trees(selection.itself());
        self.typed()
    }
}

impl<Q, L> SelectFrom<Q, L, ()> {
    /// The same query, to be run by a database, a checked-out connection or a unit of work.
    pub fn at<X>(self, runner: X) -> SelectFrom<Q, L, X> {
        SelectFrom::new(runner, self.select)
    }
}
