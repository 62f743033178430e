//! One connection for several reads, without a transaction around them.

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;

use underpin_core::{Result, Value};
use underpin_schema::{Schema, Store, Table};
use underpin_sql::driver::Connection;
use underpin_sql::{Column, KeyRows, Lock, Nullness, Query, Select, Selectable, Selected, Selecting};

use super::{Entities, EntitySelect, IntoKey, IntoOptionalKey, Lookup, by_key, children, distinct, select};
use crate::Aggregate;
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
    pub fn get<E: Aggregate<S> + Send>(
        &mut self,
        key: impl IntoKey<<E::Row as Table>::Key>,
    ) -> Lookup<'_, Option<E>> {
        let key = key.into_key();
        Lookup::asked(async move { Ok(self.by_keys::<E>(&[key]).await?.pop()) })
    }

    /// The entities with these keys, in any order, in one statement; keys without a row are left out.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not one of such an entity.
    pub fn get_many<E: Aggregate<S> + Send>(
        &mut self,
        keys: impl IntoIterator<Item = impl IntoKey<<E::Row as Table>::Key>>,
    ) -> Lookup<'_, Vec<E>> {
        let keys = distinct(keys.into_iter().map(|key| Some(key.into_key())));
        Lookup::asked(async move { self.by_keys::<E>(&keys).await })
    }

    /// The entities to which others refer, by key: `parents::<Make>(cars.iter().map(|car| car.make_id))`. Keys may
    /// repeat or be `None`; those without a row are left out. One statement for each table.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not one of such an entity.
    pub fn parents<E: Aggregate<S> + Send>(
        &mut self,
        keys: impl IntoIterator<Item = impl IntoOptionalKey<<E::Row as Table>::Key>>,
    ) -> Lookup<'_, HashMap<<E::Row as Table>::Key, E>> {
        let keys = distinct(keys);
        Lookup::asked(async move { Ok(by_key(self.by_keys::<E>(&keys).await?)) })
    }

    /// The entities that refer to these, by what they refer to and ordered by key:
    /// `children::<Car, _, _>(CarRow::MAKE_ID, ids)`. What nobody refers to is left out. One statement for each table.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not one of such an entity.
    pub fn children<E: Aggregate<S> + Send, V: Value + Eq + Hash, N: Nullness>(
        &mut self,
        column: Column<E::Row, V, N>,
        of: impl IntoIterator<Item = impl IntoKey<V>>,
    ) -> Lookup<'_, HashMap<V, Vec<E>>> {
        children(self, column, of)
    }

    /// A query for entities.
    pub fn select<E: Aggregate<S> + Send>(&mut self) -> EntitySelect<S, E, &mut Self> {
        select::<S, E, _>(self)
    }

    /// A query for columns, expressions and tuples of them: `checkout.query((UserRow::ID, UserRow::EMAIL))`.
    pub fn query<L: Selectable>(&mut self, selection: L) -> Selecting<L::Itself, &mut Self> {
        Selecting::new(self, selection.itself())
    }

    /// The connection itself, for statements that the toolkit has no word for.
    pub fn connection(&mut self) -> &mut dyn Connection {
        &mut *self.connection
    }

    /// The entities with these keys, each of which is there once; none are not asked for.
    pub(crate) async fn by_keys<E: Aggregate<S> + Send>(
        &mut self,
        keys: &[<E::Row as Table>::Key],
    ) -> Result<Vec<E>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let rows = KeyRows::new(E::Row::def(), keys);
        let query = Query::Keys { table: E::Row::def(), keys: &rows, lock: Lock::None };
        let select = Select::new(E::Row::def());
        self.fetch::<Entities<S, E>>(&query, &select, keys.len()).await
    }

    /// Runs a query to its end.
    pub(crate) async fn run<L: Selected>(&mut self, select: &Select) -> Result<Vec<L::Item>> {
        self.fetch::<L>(&Query::Select(select), select, 0).await
    }

    async fn fetch<L: Selected>(
        &mut self,
        query: &Query<'_>,
        select: &Select,
        expected: usize,
    ) -> Result<Vec<L::Item>> {
        match self.connection.fetch(query, L::receiver(select, expected, false)).await {
            Ok(received) if L::ASKS => L::whole(received, &mut *self.connection, None).await,
            Ok(received) => L::items(received, None),
            Err(error) => Err(error),
        }
        .map_err(|error| name_constraint(&self.schema, error))
    }
}

impl<S> std::fmt::Debug for Checkout<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checkout").field("database", &self.connection.dialect().name).finish()
    }
}
