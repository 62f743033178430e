//! Reading inside the transaction: `get`, `get_many`, `select`, `query`.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::ControlFlow;

use underpin_core::{Error, ErrorKind, Result, Value};
use underpin_schema::{Store, Table};
use underpin_sql::driver::Collect;
use underpin_sql::{Column, KeyRows, Lock, Nullness, Query, Select, Selectable, Selected, Selecting};

use super::UnitOfWork;
use crate::Aggregate;
use crate::aggregate::{Parts, whole};
use crate::identity::Known;
use crate::read::{
    EntitySelect, IntoKey, IntoOptionalKey, Lookup, by_key, children, distinct, drain, select,
};

impl<S: Store> UnitOfWork<S> {
    /// The entity with this key, or `None`. A second call gives the unit of work's own version, changes included.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not one of such an entity.
    pub fn get<E: Aggregate<S> + Send>(
        &mut self,
        key: impl IntoKey<<E::Row as Table>::Key>,
    ) -> Lookup<'_, Option<E>> {
        self.get_locked(key.into_key(), Lock::None)
    }

    /// As [`get`](Self::get), with the row locked until the transaction ends. A row that is known already is asked for
    /// nevertheless, so that it is locked; the unit of work's own version counts.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not one of such an entity.
    pub fn get_for_update<E: Aggregate<S> + Send>(
        &mut self,
        key: impl IntoKey<<E::Row as Table>::Key>,
    ) -> Lookup<'_, Option<E>> {
        self.get_locked(key.into_key(), Lock::ForUpdate)
    }

    fn get_locked<E: Aggregate<S> + Send>(
        &mut self,
        key: <E::Row as Table>::Key,
        lock: Lock,
    ) -> Lookup<'_, Option<E>> {
        match self.find::<E>(&key) {
            Err(error) => Lookup::known(Err(error)),
            Ok(Known::Removed) => Lookup::known(Ok(None)),
            Ok(Known::Here(root)) if lock == Lock::None && E::Parts::NONE => {
                Lookup::known(whole::known::<S, E>(&mut self.map, root))
            }
            Ok(Known::Here(root)) if lock == Lock::None => Lookup::asked(self.known_with_parts(root)),
            Ok(Known::Here(_) | Known::Unknown) => Lookup::asked(self.by_key(key, lock)),
        }
    }

    fn find<E: Aggregate<S> + Send>(&mut self, key: &<E::Row as Table>::Key) -> Result<Known> {
        self.usable()?;
        Ok(self.map.set::<E::Row>()?.find(key))
    }

    async fn known_with_parts<E: Aggregate<S> + Send>(&mut self, root: usize) -> Result<Option<E>> {
        self.load_parts::<E>(&[root]).await?;
        whole::known::<S, E>(&mut self.map, root)
    }

    async fn by_key<E: Aggregate<S> + Send>(
        &mut self,
        key: <E::Row as Table>::Key,
        lock: Lock,
    ) -> Result<Option<E>> {
        let keys = [key];
        let rows = KeyRows::new(E::Row::def(), &keys);
        let query = Query::Keys { table: E::Row::def(), keys: &rows, lock };
        let rows = self.fetch_rows::<E::Row>(&query, 1).await?;
        let entities = whole::tracked::<S, E>(&mut *self.connection, &mut self.map, rows).await;
        Ok(entities.map_err(|error| self.fail_to_ask(error))?.pop())
    }

    /// The entities with these keys, in any order; keys without a row are left out. One statement for all that are not
    /// known already.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not one of such an entity.
    pub fn get_many<E: Aggregate<S> + Send>(
        &mut self,
        keys: impl IntoIterator<Item = impl IntoKey<<E::Row as Table>::Key>>,
    ) -> Lookup<'_, Vec<E>> {
        let keys: Vec<_> = keys.into_iter().map(IntoKey::into_key).collect();
        Lookup::asked(self.many(keys))
    }

    async fn many<E: Aggregate<S> + Send>(&mut self, keys: Vec<<E::Row as Table>::Key>) -> Result<Vec<E>> {
        self.usable()?;
        let mut found = Vec::new();
        let mut missing = Vec::new();
        let set = self.map.set::<E::Row>()?;
        for key in keys {
            match set.find(&key) {
                Known::Here(root) => found.push(root),
                Known::Removed => {}
                Known::Unknown => missing.push(key),
            }
        }
        missing.sort_unstable();
        missing.dedup();
        if !missing.is_empty() {
            let rows = KeyRows::new(E::Row::def(), &missing);
            let query = Query::Keys { table: E::Row::def(), keys: &rows, lock: Lock::None };
            let rows = self.fetch_rows::<E::Row>(&query, missing.len()).await?;
            let set = self.map.set::<E::Row>()?;
            found.extend(rows.into_iter().filter_map(|row| set.load(row)));
        }
        self.load_parts::<E>(&found).await?;
        found.into_iter().filter_map(|root| whole::known::<S, E>(&mut self.map, root).transpose()).collect()
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
        Lookup::asked(async move { Ok(by_key(self.get_many::<E>(keys).await?)) })
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

    /// A query for entities. Rows that the unit of work knows come as its own version; pending changes are not seen by
    /// the database before a flush.
    pub fn select<E: Aggregate<S> + Send>(&mut self) -> EntitySelect<S, E, &mut Self> {
        select::<S, E, _>(self)
    }

    /// A query for columns, expressions and tuples of them. They are as the database has them: pending changes are not
    /// seen before a flush.
    pub fn query<L: Selectable>(&mut self, selection: L) -> Selecting<L::Itself, &mut Self> {
        Selecting::new(self, selection.itself())
    }

    pub(crate) async fn portions_untracked<L: Selected>(
        &mut self,
        select: &Select,
        size: usize,
        each: &mut (dyn FnMut(Vec<L::Item>) -> ControlFlow<()> + Send),
    ) -> Result<()> {
        self.usable()?;
        match drain::<L>(&mut *self.connection, select, size, each).await {
            Ok(ended) => {
                // Rows that nobody reads any more are an open request, which the transaction does not survive.
                self.failed |= !ended;
                Ok(())
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    /// Runs a query to its end.
    pub(crate) async fn run<L: Selected>(&mut self, select: &Select) -> Result<Vec<L::Item>> {
        self.usable()?;
        let received = self.connection.fetch(&Query::Select(select), L::receiver(select, 0, true)).await;
        let received = received.map_err(|error| self.fail(error))?;
        if L::ASKS {
            let items = L::whole(received, &mut *self.connection, Some(&mut self.map)).await;
            return items.map_err(|error| self.fail_to_ask(error));
        }
        L::items(received, Some(&mut self.map))
    }

    /// A row that cannot become its entity was read all the same; any other failure aborts the transaction.
    fn fail_to_ask(&mut self, error: Error) -> Error {
        if matches!(error.kind(), ErrorKind::Mapping) { error } else { self.fail(error) }
    }

    async fn fetch_rows<R: Table>(&mut self, query: &Query<'_>, expected: usize) -> Result<Vec<R>> {
        let received = self.connection.fetch(query, Collect::<R>::with_capacity(expected)).await;
        Collect::<R>::rows(received.map_err(|error| self.fail(error))?)
    }

    /// Loads the parts of rows as far as they are not known.
    async fn load_parts<E: Aggregate<S> + Send>(&mut self, roots: &[usize]) -> Result<()> {
        if E::Parts::NONE {
            return Ok(());
        }
        let loaded = whole::load::<S, E>(&mut *self.connection, &mut self.map, roots)?.await;
        loaded.map_err(|error| self.fail(error))
    }
}
