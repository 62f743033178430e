//! A database whose calls wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use underpin_core::{Dialect, Error, Result, Value};
use underpin_schema::{Schema, Store, Table};
use underpin_sql::driver::{Driver, PoolStatus, Position, TransactionOptions};
use underpin_sql::{Column, Nullness};

use super::{Executor, ReadSession, UnitOfWork};
use crate::read::{EntitySelect, IntoKey, IntoOptionalKey};
use crate::retry::left_open;
use crate::{Aggregate, ReadOptions, RetryPolicy};

/// As [`crate::Database`]; each call waits for its answer.
pub struct Database<S> {
    inner: crate::Database<S>,
    executor: Arc<Executor>,
}

impl<S> Clone for Database<S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), executor: Arc::clone(&self.executor) }
    }
}

impl<S> std::fmt::Debug for Database<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.fmt(f)
    }
}

impl<S: Store> Database<S> {
    /// A database over a driver, and what drives it. Programs call `connect` instead.
    #[must_use]
    pub fn new(inner: crate::Database<S>, executor: Executor) -> Self {
        Self { inner, executor: Arc::new(executor) }
    }

    /// Which database it is.
    #[must_use]
    pub fn dialect(&self) -> &'static Dialect {
        self.inner.dialect()
    }

    /// The tables and names that the program declares.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        self.inner.schema()
    }

    /// The database whose calls do not wait.
    pub(crate) fn asynchronous(&self) -> &crate::Database<S> {
        &self.inner
    }

    /// How the pool stands.
    #[must_use]
    pub fn status(&self) -> PoolStatus {
        self.inner.status()
    }

    /// As [`crate::Database::begin`].
    ///
    /// # Errors
    /// As there.
    pub fn begin(&self) -> Result<UnitOfWork<S>> {
        self.begin_with(TransactionOptions::new())
    }

    /// As [`crate::Database::begin_with`].
    ///
    /// # Errors
    /// As there.
    pub fn begin_with(&self, options: TransactionOptions) -> Result<UnitOfWork<S>> {
        let inner = self.executor.wait(self.inner.begin_with(options))?;
        Ok(UnitOfWork::new(inner, Arc::clone(&self.executor)))
    }

    /// As [`crate::Database::read`].
    ///
    /// # Errors
    /// As there.
    pub fn read(&self) -> Result<ReadSession<S>> {
        self.read_with(ReadOptions::new())
    }

    /// As [`crate::Database::read_with`].
    ///
    /// # Errors
    /// As there.
    pub fn read_with(&self, options: ReadOptions) -> Result<ReadSession<S>> {
        let inner = self.executor.wait(self.inner.read_with(options))?;
        Ok(ReadSession::new(inner, Arc::clone(&self.executor)))
    }

    /// As [`crate::Database::fresh`].
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self { inner: self.inner.fresh(), executor: Arc::clone(&self.executor) }
    }

    /// As [`crate::Database::position`].
    ///
    /// # Errors
    /// As there.
    pub fn position(&self) -> Result<Position> {
        self.executor.wait(self.inner.position())
    }

    /// As [`crate::Database::at_least`].
    #[must_use]
    pub fn at_least(&self, position: Position) -> Self {
        Self { inner: self.inner.at_least(position), executor: Arc::clone(&self.executor) }
    }

    /// As [`crate::Database::with_replicas`]; the executor of this database drives them, too.
    #[must_use]
    pub fn with_replicas(self, drivers: Vec<Arc<dyn Driver>>) -> Self {
        Self { inner: self.inner.with_replicas(drivers), executor: self.executor }
    }

    /// What drives the database.
    #[must_use]
    pub fn executor(&self) -> &Executor {
        &self.executor
    }

    /// As [`crate::Database::run`].
    ///
    /// # Errors
    /// As there.
    pub fn run<T, E: From<Error>>(
        &self,
        mut work: impl FnMut(UnitOfWork<S>) -> Result<T, E>,
    ) -> Result<T, E> {
        let policy = RetryPolicy::default();
        let mut attempt = 1;
        loop {
            let mut uow = self.begin_with(policy.options)?;
            let watch = uow.watch();
            match work(uow) {
                Ok(_) if !watch.was_ended() => return Err(E::from(left_open())),
                Err(_) if watch.saw_retryable() && attempt < policy.attempts => {
                    std::thread::sleep(policy.pause(attempt));
                }
                outcome => return outcome,
            }
            attempt += 1;
        }
    }

    /// As [`crate::Database::get`].
    ///
    /// # Errors
    /// As there.
    pub fn get<E: Aggregate<S> + Send>(
        &self,
        key: impl IntoKey<<E::Row as Table>::Key>,
    ) -> Result<Option<E>> {
        self.executor.wait(self.inner.get(key))
    }

    /// As [`crate::Database::get_many`].
    ///
    /// # Errors
    /// As there.
    pub fn get_many<E: Aggregate<S> + Send>(
        &self,
        keys: impl IntoIterator<Item = impl IntoKey<<E::Row as Table>::Key>>,
    ) -> Result<Vec<E>> {
        self.executor.wait(self.inner.get_many(keys))
    }

    /// As [`crate::UnitOfWork::parents`].
    ///
    /// # Errors
    /// As there.
    pub fn parents<E: Aggregate<S> + Send>(
        &self,
        keys: impl IntoIterator<Item = impl IntoOptionalKey<<E::Row as Table>::Key>>,
    ) -> Result<HashMap<<E::Row as Table>::Key, E>> {
        self.executor.wait(self.inner.parents(keys))
    }

    /// As [`crate::UnitOfWork::children`].
    ///
    /// # Errors
    /// As there.
    pub fn children<E: Aggregate<S> + Send, V: Value + Eq + Hash, N: Nullness>(
        &self,
        column: Column<E::Row, V, N>,
        of: impl IntoIterator<Item = impl IntoKey<V>>,
    ) -> Result<HashMap<V, Vec<E>>> {
        self.executor.wait(self.inner.children(column, of))
    }

    /// All entities of the query that `build` describes: `db.select(|cars| cars.limit(20))`.
    ///
    /// # Errors
    /// As [`crate::EntitySelect::all`].
    pub fn select<'a, E: Aggregate<S> + Send>(
        &'a self,
        build: impl FnOnce(
            EntitySelect<S, E, &'a crate::Database<S>>,
        ) -> EntitySelect<S, E, &'a crate::Database<S>>,
    ) -> Result<Vec<E>> {
        self.executor.wait(build(self.inner.select()).all())
    }

    /// The answer to any other read: `db.ask(|db| db.select::<Car>().count())`.
    ///
    /// # Errors
    /// What the read failed with.
    pub fn ask<'a, T, F: Future<Output = Result<T>>>(
        &'a self,
        read: impl FnOnce(&'a crate::Database<S>) -> F,
    ) -> Result<T> {
        self.executor.wait(read(&self.inner))
    }

    /// All entities of the query that `build` describes, in portions of at most `size`.
    ///
    /// # Errors
    /// As [`crate::EntitySelect::portions`].
    pub fn portions<'a, E: Aggregate<S> + Send>(
        &'a self,
        build: impl FnOnce(
            EntitySelect<S, E, &'a crate::Database<S>>,
        ) -> EntitySelect<S, E, &'a crate::Database<S>>,
        size: usize,
        each: impl FnMut(Vec<E>) -> Result<()> + Send,
    ) -> Result<()> {
        self.executor.wait(build(self.inner.select()).portions(size, each))
    }

    /// As [`crate::Database::create_schema`].
    ///
    /// # Errors
    /// As there.
    pub fn create_schema(&self) -> Result<()> {
        self.executor.wait(self.inner.create_schema())
    }
}
