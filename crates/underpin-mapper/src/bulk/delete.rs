//! DELETE of the rows that a condition finds.

use std::marker::PhantomData;

use underpin_core::Result;
use underpin_schema::{RowStruct, Store, Table};
use underpin_sql::{Change, ChangeKind, Columns, Condition, Covers, Select, Selection};

use super::touched::touched;
use super::update::unfiltered;
use super::{Count, Outcome};
use crate::UnitOfWork;

/// A delete by query: which rows of the table `R` go. See [`UnitOfWork::delete`].
#[must_use = "a delete does nothing before `execute` is awaited"]
pub struct Delete<'u, S, R, O = Count> {
    uow: &'u mut UnitOfWork<S>,
    of: Select,
    all: bool,
    types: PhantomData<fn() -> (R, O)>,
}

impl<S, R: Table, O> std::fmt::Debug for Delete<'_, S, R, O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delete").field("of", &self.of).finish_non_exhaustive()
    }
}

impl<S: Store> UnitOfWork<S> {
    /// Deletes all rows of a table for which conditions hold, in one statement, and gives their number:
    ///
    /// ```text
    /// let deleted = uow.delete::<SessionRow>().filter(SessionRow::EXPIRES_AT.lt(now)).execute().await?;
    /// ```
    ///
    /// What foreign keys say is done by the database. Rows that the unit of work knows have to be read again before they
    /// are saved; changes of them that are not written yet are an error, because the query would not see them.
    pub fn delete<R: RowStruct>(&mut self) -> Delete<'_, S, R::Itself> {
        Delete { uow: self, of: Select::new(R::Itself::def()), all: false, types: PhantomData }
    }
}

impl<'u, S: Store, R: Table, O> Delete<'u, S, R, O> {
    /// Only rows for which this holds too.
    pub fn filter<C: Condition<T>, T, I>(mut self, condition: C) -> Self
    where
        R: Covers<T, I>,
    {
        self.of.filter(condition.into_tree());
        self
    }

    /// Says that all rows of the table are meant; without a filter a delete is refused otherwise.
    pub fn all_rows(mut self) -> Self {
        self.all = true;
        self
    }

    /// Gives columns or expressions of each deleted row, as it was, instead of the number of rows.
    pub fn returning<L: Selection, I>(mut self, selection: L) -> Delete<'u, S, R, Columns<L>>
    where
        R: Covers<L::Scope, I>,
    {
        self.of.columns.clear();
        selection.append_to(&mut self.of.columns);
        Delete { uow: self.uow, of: self.of, all: self.all, types: PhantomData }
    }
}

impl<S: Store, R: Table, O: Outcome> Delete<'_, S, R, O> {
    /// Executes the delete.
    ///
    /// # Errors
    /// If neither a filter nor [`all_rows`](Self::all_rows) is given; if the unit of work has changes of the table that
    /// are not written; if a foreign key refuses it (the transaction is then aborted).
    pub async fn execute(self) -> Result<O::Output> {
        if self.of.filter.is_none() && !self.all {
            return Err(unfiltered("delete", R::def().name));
        }
        let touched = touched(&self.uow.schema, R::def(), None);
        let change = Change { kind: ChangeKind::Delete, of: self.of };
        self.uow.change_by_query::<O>(&change, &touched).await
    }
}
