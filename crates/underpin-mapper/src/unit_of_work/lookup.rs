//! Reading inside the transaction: `get`, `get_many`, `select`, `query`.

use std::ops::ControlFlow;

use underpin_core::Result;
use underpin_schema::{Store, Table};
use underpin_sql::driver::Collect;
use underpin_sql::{KeyRows, Lock, Query, Select, Selected, Selecting, Selection};

use super::UnitOfWork;
use crate::Entity;
use crate::entity::MappingError;
use crate::identity::Known;
use crate::read::{EntitySelect, drain, select};

impl<S: Store> UnitOfWork<S> {
    /// The entity with this key, or `None`. A second call gives the unit of work's own version, changes included.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not one of such an entity.
    pub async fn get<E: Entity<S>>(&mut self, key: impl Into<<E::Row as Table>::Key>) -> Result<Option<E>> {
        self.get_locked(key, Lock::None).await
    }

    /// As [`get`](Self::get), with the row locked until the transaction ends. A row that is known already is asked for
    /// nevertheless, so that it is locked; the unit of work's own version counts.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not one of such an entity.
    pub async fn get_for_update<E: Entity<S>>(
        &mut self,
        key: impl Into<<E::Row as Table>::Key>,
    ) -> Result<Option<E>> {
        self.get_locked(key, Lock::ForUpdate).await
    }

    async fn get_locked<E: Entity<S>>(
        &mut self,
        key: impl Into<<E::Row as Table>::Key>,
        lock: Lock,
    ) -> Result<Option<E>> {
        self.usable()?;
        let key = key.into();
        match self.set::<E::Row>()?.find(&key) {
            Known::Removed => return Ok(None),
            Known::Here(row) if lock == Lock::None => return entity(row.duplicate()).map(Some),
            _ => {}
        }
        let keys = [key];
        let rows = KeyRows::new(E::Row::def(), &keys);
        let query = Query::Keys { table: E::Row::def(), keys: &rows, lock };
        Ok(self.fetch::<E>(&query, 1).await?.pop())
    }

    /// The entities with these keys, in any order; keys without a row are left out. One statement for all that are not
    /// known already.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not one of such an entity.
    pub async fn get_many<E: Entity<S>>(
        &mut self,
        keys: impl IntoIterator<Item = impl Into<<E::Row as Table>::Key>>,
    ) -> Result<Vec<E>> {
        self.usable()?;
        let mut found = Vec::new();
        let mut missing = Vec::new();
        let set = self.set::<E::Row>()?;
        for key in keys {
            let key = key.into();
            match set.find(&key) {
                Known::Here(row) => found.push(entity(row.duplicate())?),
                Known::Removed => {}
                Known::Unknown => missing.push(key),
            }
        }
        missing.sort_unstable();
        missing.dedup();
        if !missing.is_empty() {
            let rows = KeyRows::new(E::Row::def(), &missing);
            let query = Query::Keys { table: E::Row::def(), keys: &rows, lock: Lock::None };
            found.extend(self.fetch::<E>(&query, missing.len()).await?);
        }
        Ok(found)
    }

    /// A query for entities. Rows that the unit of work knows come as its own version; pending changes are not seen by
    /// the database before a flush.
    pub fn select<E: Entity<S>>(&mut self) -> EntitySelect<S, E, &mut Self> {
        select(self)
    }

    /// A query for columns, expressions and tuples of them. They are as the database has them: pending changes are not
    /// seen before a flush.
    pub fn query<L: Selection>(&mut self, selection: L) -> Selecting<L, &mut Self> {
        Selecting::new(self, selection)
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
        match self.connection.fetch(&Query::Select(select), L::receiver(select, 0, true)).await {
            Ok(received) => L::items(received, Some(self)),
            Err(error) => Err(self.fail(error)),
        }
    }

    async fn fetch<E: Entity<S>>(&mut self, query: &Query<'_>, expected: usize) -> Result<Vec<E>> {
        self.usable()?;
        let collect = Collect::<E::Row>::with_capacity(expected);
        let received = match self.connection.fetch(query, collect).await {
            Ok(received) => received,
            Err(error) => return Err(self.fail(error)),
        };
        self.tracked(Collect::<E::Row>::rows(received)?)
    }

    /// The entities of rows that were read: those that the unit of work knows already are its own versions.
    pub(crate) fn tracked<E: Entity<S>>(&mut self, rows: Vec<E::Row>) -> Result<Vec<E>> {
        let set = self.set::<E::Row>()?;
        let mut entities = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(row) = set.load(row) {
                entities.push(entity::<S, E>(row.duplicate())?);
            }
        }
        Ok(entities)
    }
}

fn entity<S, E: Entity<S>>(row: E::Row) -> Result<E> {
    E::from_row(row).map_err(MappingError::into_error::<E::Row>)
}
