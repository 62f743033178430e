//! UPDATE of the rows that a condition finds.

use std::marker::PhantomData;

use underpin_core::{ColumnSet, Error, Result, Value};
use underpin_schema::{RowStruct, Store, Table};
use underpin_sql::{
    Change, ChangeKind, Column, Columns, Condition, Covers, Nullness, Operand, Param, Select, Selection,
    Tree, assignment,
};

use super::renew::renew;
use super::touched::touched;
use super::{Count, Outcome};
use crate::UnitOfWork;

/// An update by query: what rows of the table `R` get, and which of them. See [`UnitOfWork::update`].
#[must_use = "an update does nothing before `execute` is awaited"]
pub struct Update<'u, S, R, O = Count> {
    uow: &'u mut UnitOfWork<S>,
    set: Vec<(usize, Tree)>,
    of: Select,
    all: bool,
    refused: Option<Error>,
    types: PhantomData<fn() -> (R, O)>,
}

impl<S, R: Table, O> std::fmt::Debug for Update<'_, S, R, O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Update").field("set", &self.set).field("of", &self.of).finish_non_exhaustive()
    }
}

impl<S: Store> UnitOfWork<S> {
    /// Changes all rows of a table for which conditions hold, in one statement, and gives their number:
    ///
    /// ```text
    /// let raised = uow.update::<CarRow>().set(CarRow::STATUS, Status::Sold).filter(CarRow::ID.eq(id)).execute().await?;
    /// ```
    ///
    /// The version of each row counts up, and columns with an `on_update` get their value, unless they are set here. If
    /// its expression speaks of the row, such as `self.touched + 1`, the column has to be set here, for a query has no
    /// row. Rows of the table that the unit of work knows have to be read again
    /// before they are saved; changes of them that are not written yet are an error, because the query would not see them.
    pub fn update<R: RowStruct>(&mut self) -> Update<'_, S, R::Itself> {
        let (set, of) = (Vec::new(), Select::new(R::Itself::def()));
        Update { uow: self, set, of, all: false, refused: None, types: PhantomData }
    }
}

impl<'u, S: Store, R: Table, O> Update<'u, S, R, O> {
    /// With a new value for a column.
    pub fn set<V: Value, N: Nullness>(self, column: Column<R, V, N>, value: impl Into<N::Of<V>>) -> Self {
        let value = column.into_tree().beside(Param::new(value.into()));
        self.assign(column.position(), value)
    }

    /// With a new value for a column if there is one; otherwise the column stays as it is.
    pub fn set_some<V: Value, N: Nullness>(
        self,
        column: Column<R, V, N>,
        value: Option<impl Into<N::Of<V>>>,
    ) -> Self {
        match value {
            Some(value) => self.set(column, value),
            None => self,
        }
    }

    /// With a column or an expression, of the row as it was, as the new value of a column.
    pub fn set_expr<V: Value, N: Nullness, E: Operand<V>, I>(self, column: Column<R, V, N>, value: E) -> Self
    where
        R: Covers<E::Scope, I>,
    {
        self.assign(column.position(), value.into_tree())
    }

    fn assign(mut self, position: usize, value: Tree) -> Self {
        self.set.retain(|(set, _)| *set != position);
        match assignment(R::def(), position, value) {
            Ok(assignment) => self.set.push(assignment),
            Err(error) => _ = self.refused.get_or_insert(error),
        }
        self
    }

    /// Only rows for which this holds too.
    pub fn filter<C: Condition<T>, T, I>(mut self, condition: C) -> Self
    where
        R: Covers<T, I>,
    {
        self.of.filter(condition.into_tree());
        self
    }

    /// Says that all rows of the table are meant; without a filter an update is refused otherwise.
    pub fn all_rows(mut self) -> Self {
        self.all = true;
        self
    }

    /// Gives columns or expressions of each changed row, as it is now, instead of the number of rows.
    pub fn returning<L: Selection, I>(mut self, selection: L) -> Update<'u, S, R, Columns<L>>
    where
        R: Covers<L::Scope, I>,
    {
        self.of.columns.clear();
        selection.append_to(&mut self.of.columns);
        let Self { uow, set, of, all, refused, .. } = self;
        Update { uow, set, of, all, refused, types: PhantomData }
    }
}

impl<S: Store, R: Table, O: Outcome> Update<'_, S, R, O> {
    /// Executes the update.
    ///
    /// # Errors
    /// If nothing is set, or neither a filter nor [`all_rows`](Self::all_rows) is given; if the unit of work has changes
    /// of the table that are not written; if the database refuses a row (the transaction is then aborted).
    pub async fn execute(mut self) -> Result<O::Output> {
        let name = R::def().name;
        if let Some(error) = self.refused {
            return Err(error.context(format!("update {name}")));
        }
        if self.set.is_empty() {
            return Err(Error::usage(
                format!("the update of {name} sets nothing"),
                "call `set`; where every `set_some` may be without a value, look before",
            ));
        }
        if self.of.filter.is_none() && !self.all {
            return Err(unfiltered("update", name));
        }
        renew::<R>(&mut self.set)?;
        let written: ColumnSet = self.set.iter().map(|(position, _)| *position).collect();
        let touched = touched(&self.uow.schema, R::def(), Some(written));
        let change = Change { kind: ChangeKind::Update(self.set), of: self.of };
        self.uow.change_by_query::<O>(&change, &touched).await
    }
}

/// The error of a change that would concern all rows, without anybody having said so.
pub(super) fn unfiltered(verb: &str, table: &str) -> Error {
    Error::usage(
        format!("the {verb} of {table} has no filter"),
        "call `filter`, or `all_rows` if all rows of the table are meant",
    )
}
