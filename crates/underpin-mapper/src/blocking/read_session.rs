//! A read session whose calls wait.

use std::sync::Arc;

use underpin_core::Result;
use underpin_schema::{Store, Table};

use super::Executor;
use crate::Aggregate;
use crate::read::{EntitySelect, IntoKey};

/// As [`crate::ReadSession`]; each call waits for its answer.
pub struct ReadSession<S: Store> {
    inner: crate::ReadSession<S>,
    executor: Arc<Executor>,
}

impl<S: Store> std::fmt::Debug for ReadSession<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.fmt(f)
    }
}

impl<S: Store> ReadSession<S> {
    pub(super) fn new(inner: crate::ReadSession<S>, executor: Arc<Executor>) -> Self {
        Self { inner, executor }
    }

    /// As [`crate::ReadSession::get`].
    ///
    /// # Errors
    /// As there.
    pub fn get<E: Aggregate<S> + Send>(
        &mut self,
        key: impl IntoKey<<E::Row as Table>::Key>,
    ) -> Result<Option<E>> {
        self.executor.wait(self.inner.get(key))
    }

    /// As [`crate::ReadSession::get_many`].
    ///
    /// # Errors
    /// As there.
    pub fn get_many<E: Aggregate<S> + Send>(
        &mut self,
        keys: impl IntoIterator<Item = impl IntoKey<<E::Row as Table>::Key>>,
    ) -> Result<Vec<E>> {
        self.executor.wait(self.inner.get_many(keys))
    }

    /// All entities of the query that `build` describes.
    ///
    /// # Errors
    /// As [`crate::EntitySelect::all`].
    pub fn select<'a, E: Aggregate<S> + Send>(
        &'a mut self,
        build: impl FnOnce(
            EntitySelect<S, E, &'a mut crate::ReadSession<S>>,
        ) -> EntitySelect<S, E, &'a mut crate::ReadSession<S>>,
    ) -> Result<Vec<E>> {
        self.executor.wait(build(self.inner.select()).all())
    }

    /// The answer to any other read: `reads.ask(|reads| reads.select::<Car>().count())`.
    ///
    /// # Errors
    /// What the read failed with.
    pub fn ask<'a, T, F: Future<Output = Result<T>>>(
        &'a mut self,
        read: impl FnOnce(&'a mut crate::ReadSession<S>) -> F,
    ) -> Result<T> {
        self.executor.wait(read(&mut self.inner))
    }

    /// As [`crate::ReadSession::end`].
    ///
    /// # Errors
    /// As there.
    pub fn end(self) -> Result<()> {
        self.executor.wait(self.inner.end())
    }
}
