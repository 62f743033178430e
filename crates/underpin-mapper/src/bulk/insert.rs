//! INSERT of many rows, the fastest way there is for their number and for what is asked.

use std::marker::PhantomData;

use underpin_core::Error;
use underpin_schema::{RowStruct, Store, Table};
use underpin_sql::{Change, ChangeKind, Columns, Conflict, Covers, Insert, RowSource, Select, Selection};

use super::source::{Progress, Source};
use super::touched::touched;
use super::{Count, Outcome};
use crate::UnitOfWork;

/// Many rows to be inserted, from the iterator `I`. See [`UnitOfWork::insert_many`].
#[must_use = "nothing is inserted before `execute` is awaited"]
pub struct InsertMany<'u, S, R, I, E = Error, O = Count> {
    pub(super) uow: &'u mut UnitOfWork<S>,
    pub(super) rows: I,
    pub(super) of: Select,
    pub(super) conflict: Option<Conflict>,
    pub(super) progress: Option<Progress<'u>>,
    /// What is wrong with it already.
    pub(super) refused: Option<Error>,
    pub(super) types: PhantomData<fn() -> (R, E, O)>,
}

/// Rows that cannot fail.
pub type Items<I, R> = std::iter::Map<I, fn(R) -> Result<<R as RowStruct>::Itself, Error>>;

pub(super) fn items<R: RowStruct<Itself = R>, I: IntoIterator<Item = R>>(rows: I) -> Items<I::IntoIter, R> {
    rows.into_iter().map(Ok)
}

impl<S, R, I, E, O> std::fmt::Debug for InsertMany<'_, S, R, I, E, O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("InsertMany");
        shown.field("of", &self.of).field("conflict", &self.conflict).finish_non_exhaustive()
    }
}

impl<S: Store> UnitOfWork<S> {
    /// Inserts many rows and gives their number:
    ///
    /// ```text
    /// let inserted = uow.insert_many(cars.iter().map(Car::to_row)).execute().await?;
    /// let ids = uow.insert_many(rows).returning(CarRow::ID).execute().await?;
    /// ```
    ///
    /// Memory holds a thousand rows at a time, however many the iterator gives. Up to a thousand rows are one
    /// statement; more of them travel by the database's own bulk protocol (COPY on PostgreSQL), unless something is to
    /// come back: then by one statement for each thousand. All rows are in the transaction, so that it is all or none.
    ///
    /// The rows are not tracked, and no events are taken: for entities with both there is [`add`](Self::add). Defaults
    /// of the application apply; what a row leaves unset is left to the database.
    pub fn insert_many<R: RowStruct<Itself = R>, I: IntoIterator<Item = R>>(
        &mut self,
        rows: I,
    ) -> InsertMany<'_, S, R::Itself, Items<I::IntoIter, R>> {
        self.try_insert_many(items(rows))
    }

    /// As [`insert_many`](Self::insert_many), from an iterator that may fail: a file that is being read. After a failure
    /// in the middle the transaction can only be rolled back, or taken back to a savepoint.
    pub fn try_insert_many<R: RowStruct, E, I: IntoIterator<Item = Result<R, E>>>(
        &mut self,
        rows: I,
    ) -> InsertMany<'_, S, R::Itself, I::IntoIter, E> {
        InsertMany {
            uow: self,
            rows: rows.into_iter(),
            of: Select::new(R::Itself::def()),
            conflict: None,
            progress: None,
            refused: None,
            types: PhantomData,
        }
    }
}

impl<'u, S: Store, R: Table, I, E, O> InsertMany<'u, S, R, I, E, O> {
    /// Calls `each` after every portion, with the number of rows that have been handed to the database so far.
    pub fn progress(mut self, each: impl FnMut(u64) + Send + 'u) -> Self {
        self.progress = Some(Box::new(each));
        self
    }

    /// Gives columns or expressions of each row that is there now, instead of the number of rows: in the order of the
    /// rows, but for an upsert in none.
    pub fn returning<L: Selection, J>(mut self, selection: L) -> InsertMany<'u, S, R, I, E, Columns<L>>
    where
        R: Covers<L::Scope, J>,
    {
        self.of.columns.clear();
        selection.append_to(&mut self.of.columns);
        let Self { uow, rows, of, conflict, progress, refused, .. } = self;
        InsertMany { uow, rows, of, conflict, progress, refused, types: PhantomData }
    }
}

impl<S, R, I, E, O> InsertMany<'_, S, R, I, E, O>
where
    S: Store,
    R: Table,
    I: Iterator<Item = Result<R, E>> + Send,
    E: From<Error> + Send,
    O: Outcome,
{
    /// Inserts the rows. Of an upsert, rows that stayed as they were do not count.
    ///
    /// # Errors
    /// What the iterator failed with; if the database refuses a row. The transaction is then aborted, unless nothing
    /// had been sent.
    pub async fn execute(self) -> Result<O::Output, E> {
        let Self { uow, rows, of, conflict, progress, refused, .. } = self;
        let def = R::def();
        if let Some(error) = refused {
            return Err(E::from(error.context(format!("upsert into {}", def.name))));
        }
        uow.usable()?;
        let concerned = match &conflict {
            Some(conflict) => uow.map.concerned(&touched(&uow.schema, def, Some(conflict.update)))?,
            None => Vec::new(),
        };
        let distinct = conflict.as_ref().map(|conflict| conflict.columns.clone()).unwrap_or_default();
        let mut source = Source::new(rows, distinct, progress);
        let more = source.start();
        if let Some(error) = source.failed.take() {
            return Err(error);
        }
        let mut output = O::Output::default();
        if more && conflict.is_none() && !O::RETURNS {
            let loaded = uow.connection.load(def, &mut source).await;
            let count = loaded.map_err(|error| E::from(uow.fail(error)))?;
            O::add(&mut output, count, O::receiver(&of))?;
        } else {
            uow.insert_portions::<O>(&mut source, of, conflict.as_ref(), &mut output)
                .await
                .map_err(E::from)?;
        }
        uow.map.outdate(&concerned);
        uow.map.set::<R>()?.outdate_gone();
        if let Some(error) = source.failed.take() {
            // Half of the rows are there.
            uow.failed = true;
            return Err(error);
        }
        Ok(output)
    }
}

impl<S: Store> UnitOfWork<S> {
    /// Inserts rows by one statement for each portion.
    async fn insert_portions<O: Outcome>(
        &mut self,
        source: &mut (dyn RowSource + '_),
        mut of: Select,
        conflict: Option<&Conflict>,
        output: &mut O::Output,
    ) -> Result<(), Error> {
        while let Some((columns, rows)) = source.portion() {
            let change = Change { kind: ChangeKind::Insert(Insert { columns, rows, conflict }), of };
            self.change::<O>(&change, output).await?;
            of = change.of;
        }
        Ok(())
    }

    /// Sends one change.
    pub(super) async fn change<O: Outcome>(
        &mut self,
        change: &Change<'_>,
        output: &mut O::Output,
    ) -> Result<(), Error> {
        match self.connection.change(change, O::receiver(&change.of)).await {
            Ok((count, received)) => O::add(output, count, received),
            Err(error) => Err(self.fail(error)),
        }
    }

    /// Sends a change of rows that a query finds in tables of which the unit of work may know rows.
    pub(super) async fn change_by_query<O: Outcome>(
        &mut self,
        change: &Change<'_>,
        touched: &[&str],
    ) -> Result<O::Output, Error> {
        self.usable()?;
        let concerned = self.map.concerned(touched).map_err(|error| error.context(change.attempted()))?;
        let mut output = O::Output::default();
        self.change::<O>(change, &mut output).await?;
        self.map.outdate(&concerned);
        Ok(output)
    }
}
