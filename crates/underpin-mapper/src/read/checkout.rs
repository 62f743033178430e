//! One connection for several reads, without a transaction around them.

use std::marker::PhantomData;
use std::sync::Arc;

use underpin_core::{BoxFuture, Result};
use underpin_schema::{Schema, Store, Table};
use underpin_sql::driver::Connection;
use underpin_sql::{KeyRows, Lock, Query, Select};

use super::{CollectEntities, EntitySelect, Reads, drain};
use crate::Entity;
use crate::unit_of_work::name_constraint;

/// One connection, held for several reads. Each sees what is committed when it runs; nothing is tracked.
pub struct Checkout<S> {
    connection: Box<dyn Connection>,
    schema: Arc<Schema>,
    store: PhantomData<fn() -> S>,
}

impl<S: Store> Checkout<S> {
    pub(crate) fn new(connection: Box<dyn Connection>, schema: Arc<Schema>) -> Self {
        Self { connection, schema, store: PhantomData }
    }

    /// The entity with this key, or `None`.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not one of such an entity.
    pub async fn get<E: Entity<S>>(&mut self, key: impl Into<<E::Row as Table>::Key>) -> Result<Option<E>> {
        let keys = [key.into()];
        Ok(self.by_keys::<E>(&keys).await?.pop())
    }

    /// The entities with these keys, in any order, in one statement; keys without a row are left out.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not one of such an entity.
    pub async fn get_many<E: Entity<S>>(
        &mut self,
        keys: impl IntoIterator<Item = impl Into<<E::Row as Table>::Key>>,
    ) -> Result<Vec<E>> {
        let mut keys: Vec<_> = keys.into_iter().map(Into::into).collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() { Ok(Vec::new()) } else { self.by_keys::<E>(&keys).await }
    }

    /// A query for entities.
    pub fn select<E: Entity<S>>(&mut self) -> EntitySelect<S, E, &mut Self> {
        EntitySelect::new(self)
    }

    /// The connection itself, for statements that the toolkit has no word for.
    pub fn connection(&mut self) -> &mut dyn Connection {
        &mut *self.connection
    }

    async fn by_keys<E: Entity<S>>(&mut self, keys: &[<E::Row as Table>::Key]) -> Result<Vec<E>> {
        let rows = KeyRows::new(E::Row::def(), keys);
        let query = Query::Keys { table: E::Row::def(), keys: &rows, lock: Lock::None };
        self.fetch(&query, keys.len()).await
    }

    async fn fetch<E: Entity<S>>(&mut self, query: &Query<'_>, expected: usize) -> Result<Vec<E>> {
        let collect = CollectEntities::<S, E>::with_capacity(expected);
        match self.connection.fetch(query, collect).await {
            Ok(received) => CollectEntities::<S, E>::entities(received),
            Err(error) => Err(name_constraint(&self.schema, error)),
        }
    }
}

impl<S: Store> Reads<S> for &mut Checkout<S> {
    fn all<'a, E: Entity<S>>(self, select: &'a Select) -> BoxFuture<'a, Result<Vec<E>>>
    where
        Self: 'a,
    {
        Box::pin(async move { self.fetch(&Query::Select(select), 0).await })
    }

    fn portions<'a, E: Entity<S>>(
        self,
        select: &'a Select,
        size: usize,
        each: &'a mut (dyn FnMut(Vec<E>) -> Result<()> + Send),
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a,
    {
        Box::pin(async move { drain::<S, E>(&mut *self.connection, select, size, each).await })
    }
}

impl<S> std::fmt::Debug for Checkout<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checkout").field("database", &self.connection.dialect().name).finish()
    }
}
