//! Several queries as one: unions, and queries that others read as tables.

use underpin_schema::{Table, TableDef};

use super::SelectFrom;
use crate::query::align;
use crate::{Columns, Select, Selection, SetOperation, Tree, With};

impl<Q, L: Selection, X> SelectFrom<Q, Columns<L>, X> {
    fn set<Q2, M>(mut self, operation: SetOperation, other: SelectFrom<Q2, Columns<M>>) -> Self {
        let mut other = other.into_select();
        for (index, column) in other.columns.iter_mut().enumerate() {
            let Some(own) = self.select.columns.get_mut(index) else { break };
            let ty = own.ty;
            (*own, *column) = align(own.clone(), column.clone());
            if own.ty != ty {
                let earlier = self.select.set.iter_mut().filter_map(|(_, arm)| arm.columns.get_mut(index));
                earlier.for_each(|column| *column = column.clone().cast(own.ty));
            }
        }
        self.select.set.push((operation, other));
        self
    }

    /// With the rows of another query that gives the same; equal rows once. An order, a limit and an offset are those
    /// of all of it; it is ordered by what is selected.
    pub fn union<Q2, M: Selection<Output = L::Output>>(self, other: SelectFrom<Q2, Columns<M>>) -> Self {
        self.set(SetOperation::Union, other)
    }

    /// With the rows of another query that gives the same, each as often as it is found.
    pub fn union_all<Q2, M: Selection<Output = L::Output>>(self, other: SelectFrom<Q2, Columns<M>>) -> Self {
        self.set(SetOperation::UnionAll, other)
    }

    /// Only rows that another query gives, too; equal rows once.
    pub fn intersect<Q2, M: Selection<Output = L::Output>>(self, other: SelectFrom<Q2, Columns<M>>) -> Self {
        self.set(SetOperation::Intersect, other)
    }

    /// Only rows that another query does not give; equal rows once.
    pub fn except<Q2, M: Selection<Output = L::Output>>(self, other: SelectFrom<Q2, Columns<M>>) -> Self {
        self.set(SetOperation::Except, other)
    }
}

/// The columns of a query that another one reads as the table `T`, in the order of `T`'s fields.
fn with<T: Table>(mut select: Select, recursive: bool) -> With {
    let table = T::def();
    fit(&mut select.columns, table);
    select.set.iter_mut().for_each(|(_, arm)| fit(&mut arm.columns, table));
    With { table, select, recursive }
}

/// Makes columns those of a table. Where they cannot be, the query is refused when it is written.
fn fit(columns: &mut [Tree], table: &'static TableDef) {
    let many = columns.len();
    for (column, def) in columns.iter_mut().zip(table.columns) {
        let fits = many == table.columns.len() && column.can_become(def.ty);
        *column = if fits { column.clone().cast(def.ty) } else { Tree::refused(OTHER_COLUMNS) };
    }
}

const OTHER_COLUMNS: &str = "a query that is read as a table selects other columns than the row struct has";

impl<Q, L, X> SelectFrom<Q, L, X> {
    /// Lets the query read another one as the table `T`: a row struct with `#[derive(Table)]` whose fields are what the
    /// other query selects, in that order. `T` need not be a table of the schema.
    pub fn with<T: Table>(mut self, query: impl Part) -> Self {
        self.select.with.push(with::<T>(query.into_select(), false));
        self
    }

    /// As `with`, for a query that reads itself: the rows of `start`, then again and again those that `step` finds from
    /// the rows found last, until it finds none.
    pub fn with_recursive<T: Table>(mut self, start: impl Part, step: impl Part) -> Self {
        let mut select = start.into_select();
        select.set.push((SetOperation::UnionAll, step.into_select()));
        self.select.with.push(with::<T>(select, true));
        self
    }
}

/// A query that is a part of another one.
pub trait Part {
    /// The erased query.
    fn into_select(self) -> Select;
}

impl<Q, L: Selection> Part for SelectFrom<Q, Columns<L>> {
    fn into_select(self) -> Select {
        self.into_select()
    }
}
