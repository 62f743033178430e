//! Several queries that see one state of the database.

use std::sync::Arc;

use underpin_core::{BoxFuture, Result};
use underpin_schema::{Schema, Store, Table};
use underpin_sql::driver::{Connection, Isolation, TransactionOptions};
use underpin_sql::{Runner, Select, Selectable, Selected, Selecting};

use super::{Checkout, EntitySelect, IntoKey, Lookup, Reads, select};
use crate::Aggregate;

/// A read-only transaction in which all queries see what was committed before the first. Nothing is tracked.
///
/// On PostgreSQL it is REPEATABLE READ READ ONLY, on SQLite one read transaction. [`end`](Self::end) ends it; dropping
/// it does the same without waiting for the answer.
pub struct ReadSession<S>(Checkout<S>);

/// How a read session begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Whether what is read is also as if it stood between two serializable transactions (PostgreSQL: SERIALIZABLE
    /// READ ONLY DEFERRABLE). It may wait at its start, and never fails because of others; a standby refuses it.
    pub deferrable: bool,
}

impl ReadOptions {
    /// One state of the database, at once.
    #[must_use]
    pub const fn new() -> Self {
        Self { deferrable: false }
    }

    /// A state that stands between two serializable transactions.
    #[must_use]
    pub const fn deferrable(mut self) -> Self {
        self.deferrable = true;
        self
    }
}

impl<S: Store> ReadSession<S> {
    pub(crate) fn new(
        mut connection: Box<dyn Connection>,
        schema: Arc<Schema>,
        options: ReadOptions,
    ) -> Self {
        let begin = TransactionOptions::new().read_only();
        connection.begin(if options.deferrable {
            begin.isolation(Isolation::Serializable).deferrable()
        } else {
            begin.isolation(Isolation::RepeatableRead)
        });
        Self(Checkout::new(connection, schema))
    }

    /// The entity with this key, or `None`.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not one of such an entity.
    pub fn get<E: Aggregate<S> + Send>(
        &mut self,
        key: impl IntoKey<<E::Row as Table>::Key>,
    ) -> Lookup<'_, Option<E>> {
        self.0.get(key)
    }

    /// The entities with these keys, in any order, in one statement; keys without a row are left out.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not one of such an entity.
    pub fn get_many<E: Aggregate<S> + Send>(
        &mut self,
        keys: impl IntoIterator<Item = impl IntoKey<<E::Row as Table>::Key>>,
    ) -> Lookup<'_, Vec<E>> {
        self.0.get_many(keys)
    }

    /// A query for entities.
    pub fn select<E: Aggregate<S> + Send>(&mut self) -> EntitySelect<S, E, &mut Self> {
        select::<S, E, _>(self)
    }

    /// A query for columns, expressions and tuples of them.
    pub fn query<L: Selectable>(&mut self, selection: L) -> Selecting<L::Itself, &mut Self> {
        Selecting::new(self, selection.itself())
    }

    /// Ends it and gives the connection back.
    ///
    /// # Errors
    /// If the connection is lost.
    pub async fn end(mut self) -> Result<()> {
        self.0.connection().rollback().await
    }
}

impl<S: Store> Reads<S> for &mut ReadSession<S> {}

impl<S: Store> Runner for &mut ReadSession<S> {
    fn all<'a, L: Selected>(self, select: &'a Select) -> BoxFuture<'a, Result<Vec<L::Item>>>
    where
        Self: 'a,
    {
        (&mut self.0).all::<L>(select)
    }

    fn portions<'a, L: Selected>(
        self,
        select: &'a Select,
        size: usize,
        each: &'a mut (dyn FnMut(Vec<L::Item>) -> std::ops::ControlFlow<()> + Send),
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a,
    {
        (&mut self.0).portions::<L>(select, size, each)
    }
}

impl<S> std::fmt::Debug for ReadSession<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ReadSession").field(&self.0).finish()
    }
}
