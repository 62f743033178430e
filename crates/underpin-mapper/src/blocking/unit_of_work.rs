//! A unit of work whose calls wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use underpin_core::{Result, Value};
use underpin_schema::{Store, Table};
use underpin_sql::{Column, Nullness};

use super::Executor;
use crate::plan::FlushPlan;
use crate::read::{EntitySelect, IntoKey, IntoOptionalKey};
use crate::unit_of_work::Watch;
use crate::{Added, Aggregate, Savepoint};

/// As [`crate::UnitOfWork`]; each call waits for its answer.
pub struct UnitOfWork<S: Store> {
    inner: crate::UnitOfWork<S>,
    executor: Arc<Executor>,
}

impl<S: Store> std::fmt::Debug for UnitOfWork<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.fmt(f)
    }
}

impl<S: Store> UnitOfWork<S> {
    pub(super) fn new(inner: crate::UnitOfWork<S>, executor: Arc<Executor>) -> Self {
        Self { inner, executor }
    }

    /// As [`crate::UnitOfWork::add`].
    ///
    /// # Errors
    /// As there.
    pub fn add<E: Aggregate<S> + Send>(&mut self, entity: &mut E) -> Result<Added<E>> {
        self.inner.add(entity)
    }

    /// As [`crate::UnitOfWork::attach`].
    ///
    /// # Errors
    /// As there.
    pub fn attach<E: Aggregate<S> + Send>(&mut self, entity: &E) -> Result<()> {
        self.inner.attach(entity)
    }

    /// As [`crate::UnitOfWork::save`].
    ///
    /// # Errors
    /// As there.
    pub fn save<E: Aggregate<S> + Send>(&mut self, entity: &mut E) -> Result<()> {
        self.inner.save(entity)
    }

    /// As [`crate::UnitOfWork::remove`].
    ///
    /// # Errors
    /// As there.
    pub fn remove<E: Aggregate<S> + Send>(&mut self, entity: &mut E) -> Result<()> {
        self.inner.remove(entity)
    }

    /// As [`crate::UnitOfWork::append`].
    pub fn append<R: Table>(&mut self, row: R) {
        self.inner.append(row);
    }

    /// As [`crate::UnitOfWork::row`].
    ///
    /// # Errors
    /// As there.
    pub fn row<E: Aggregate<S> + Send>(&mut self, added: Added<E>) -> Result<&E::Row> {
        self.inner.row(added)
    }

    /// As [`crate::UnitOfWork::get`].
    ///
    /// # Errors
    /// As there.
    pub fn get<E: Aggregate<S> + Send>(
        &mut self,
        key: impl IntoKey<<E::Row as Table>::Key>,
    ) -> Result<Option<E>> {
        self.executor.wait(self.inner.get(key))
    }

    /// As [`crate::UnitOfWork::get_for_update`].
    ///
    /// # Errors
    /// As there.
    pub fn get_for_update<E: Aggregate<S> + Send>(
        &mut self,
        key: impl IntoKey<<E::Row as Table>::Key>,
    ) -> Result<Option<E>> {
        self.executor.wait(self.inner.get_for_update(key))
    }

    /// As [`crate::UnitOfWork::get_many`].
    ///
    /// # Errors
    /// As there.
    pub fn get_many<E: Aggregate<S> + Send>(
        &mut self,
        keys: impl IntoIterator<Item = impl IntoKey<<E::Row as Table>::Key>>,
    ) -> Result<Vec<E>> {
        self.executor.wait(self.inner.get_many(keys))
    }

    /// As [`crate::UnitOfWork::parents`].
    ///
    /// # Errors
    /// As there.
    pub fn parents<E: Aggregate<S> + Send>(
        &mut self,
        keys: impl IntoIterator<Item = impl IntoOptionalKey<<E::Row as Table>::Key>>,
    ) -> Result<HashMap<<E::Row as Table>::Key, E>> {
        self.executor.wait(self.inner.parents(keys))
    }

    /// As [`crate::UnitOfWork::children`].
    ///
    /// # Errors
    /// As there.
    pub fn children<E: Aggregate<S> + Send, V: Value + Eq + Hash, N: Nullness>(
        &mut self,
        column: Column<E::Row, V, N>,
        of: impl IntoIterator<Item = impl IntoKey<V>>,
    ) -> Result<HashMap<V, Vec<E>>> {
        self.executor.wait(self.inner.children(column, of))
    }

    /// All entities of the query that `build` describes: `uow.select(|cars| cars.limit(20))`.
    ///
    /// # Errors
    /// As [`crate::EntitySelect::all`].
    pub fn select<'a, E: Aggregate<S> + Send>(
        &'a mut self,
        build: impl FnOnce(
            EntitySelect<S, E, &'a mut crate::UnitOfWork<S>>,
        ) -> EntitySelect<S, E, &'a mut crate::UnitOfWork<S>>,
    ) -> Result<Vec<E>> {
        self.executor.wait(build(self.inner.select()).all())
    }

    /// The answer to anything else that a unit of work can be asked: `uow.ask(|uow| uow.insert_many(rows).execute())`.
    ///
    /// # Errors
    /// What it failed with.
    pub fn ask<'a, T, F: Future<Output = Result<T>>>(
        &'a mut self,
        what: impl FnOnce(&'a mut crate::UnitOfWork<S>) -> F,
    ) -> Result<T> {
        self.executor.wait(what(&mut self.inner))
    }

    /// As [`crate::UnitOfWork::plan`].
    ///
    /// # Errors
    /// As there.
    pub fn plan(&self) -> Result<FlushPlan> {
        self.inner.plan()
    }

    /// As [`crate::UnitOfWork::flush`].
    ///
    /// # Errors
    /// As there.
    pub fn flush(&mut self) -> Result<()> {
        self.executor.wait(self.inner.flush())
    }

    /// As [`crate::UnitOfWork::savepoint`].
    ///
    /// # Errors
    /// As there.
    pub fn savepoint(&mut self) -> Result<Savepoint> {
        self.executor.wait(self.inner.savepoint())
    }

    /// As [`crate::UnitOfWork::rollback_to`].
    ///
    /// # Errors
    /// As there.
    pub fn rollback_to(&mut self, savepoint: Savepoint) -> Result<()> {
        self.executor.wait(self.inner.rollback_to(savepoint))
    }

    /// As [`crate::UnitOfWork::release`].
    ///
    /// # Errors
    /// As there.
    pub fn release(&mut self, savepoint: Savepoint) -> Result<()> {
        self.executor.wait(self.inner.release(savepoint))
    }

    /// As [`crate::UnitOfWork::commit`].
    ///
    /// # Errors
    /// As there.
    pub fn commit(self) -> Result<()> {
        self.executor.wait(self.inner.commit())
    }

    /// As [`crate::UnitOfWork::rollback`].
    ///
    /// # Errors
    /// As there.
    pub fn rollback(self) -> Result<()> {
        self.executor.wait(self.inner.rollback())
    }

    pub(super) fn watch(&mut self) -> Watch {
        self.inner.watch()
    }
}
