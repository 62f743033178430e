//! A database: a pool of connections to one URL, and reads that need no transaction.

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;

use underpin_core::{Dialect, Result, Value};
use underpin_schema::{Schema, Store, Table};
use underpin_sql::driver::{Access, Connection, Driver, PoolStatus, Position, TransactionOptions};
use underpin_sql::{Column, Nullness, Selectable, Selecting};

use crate::read::{
    EntitySelect, IntoKey, IntoOptionalKey, Lookup, Replicas, by_key, children, distinct, select,
};
use crate::{Aggregate, Checkout, ReadOptions, ReadSession, RetryPolicy, UnitOfWork};

/// A pool of connections to one database, for the program whose marker type is `S`. Cheap to clone.
pub struct Database<S> {
    driver: Arc<dyn Driver>,
    replicas: Option<Arc<Replicas>>,
    /// How far a copy must have come to be read.
    at_least: Option<Position>,
    schema: Arc<Schema>,
    store: PhantomData<fn() -> S>,
}

impl<S> Clone for Database<S> {
    fn clone(&self) -> Self {
        Self {
            driver: Arc::clone(&self.driver),
            replicas: self.replicas.clone(),
            at_least: self.at_least,
            schema: Arc::clone(&self.schema),
            store: PhantomData,
        }
    }
}

impl<S> std::fmt::Debug for Database<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("driver", &self.driver).finish()
    }
}

impl<S: Store> Database<S> {
    /// A database over a driver. Programs call `connect` instead, which chooses the driver by the URL.
    ///
    /// # Errors
    /// If the program's table definitions contradict each other.
    pub fn new(driver: Arc<dyn Driver>) -> Result<Self> {
        Self::of_schema(|_| Ok(driver))
    }

    /// A database over a driver that is made for the program's schema.
    ///
    /// # Errors
    /// If the program's table definitions contradict each other, or the driver cannot be made.
    pub fn of_schema(driver: impl FnOnce(&Arc<Schema>) -> Result<Arc<dyn Driver>>) -> Result<Self> {
        let schema = Arc::new(S::schema().build()?);
        let driver = driver(&schema)?;
        Ok(Self { driver, replicas: None, at_least: None, schema, store: PhantomData })
    }

    /// With pools of copies of the database. What is read without a unit of work goes to them in turn, and to the
    /// database itself if none of them is within reach; a unit of work never goes there. Copies are behind by a moment:
    /// what must not be goes through [`fresh`](Self::fresh). Programs call `replicas`, which takes URLs.
    #[must_use]
    pub fn with_replicas(mut self, drivers: Vec<Arc<dyn Driver>>) -> Self {
        self.replicas = (!drivers.is_empty()).then(|| Arc::new(Replicas::new(drivers)));
        self
    }

    /// The same database without its copies: `db.fresh().get::<User>(id)` sees what has been committed before.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self { replicas: None, ..self.clone() }
    }

    /// How far the database itself has come: what was committed before this call lies before it.
    ///
    /// # Errors
    /// If the database cannot be asked.
    pub async fn position(&self) -> Result<Position> {
        self.driver.acquire(Access::Read).await?.position().await
    }

    /// The same database, with reads from copies that have come at least as far, or else from the database itself:
    ///
    /// ```text
    /// uow.commit().await?;
    /// let position = db.position().await?; // may travel to the user and back, as text
    /// let user = db.at_least(position).get::<User>(id).await?; // sees the commit
    /// ```
    ///
    /// A copy that is not known to have come as far is asked, which is one more round trip.
    #[must_use]
    pub fn at_least(&self, position: Position) -> Self {
        Self { at_least: Some(position), ..self.clone() }
    }

    /// Which database it is.
    #[must_use]
    pub fn dialect(&self) -> &'static Dialect {
        self.driver.dialect()
    }

    /// The tables and names that the program declares.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The driver itself, for what the toolkit has no word for.
    #[must_use]
    pub fn driver(&self) -> &Arc<dyn Driver> {
        &self.driver
    }

    /// The driver and those of the copies.
    pub(crate) fn drivers(&self) -> impl Iterator<Item = &Arc<dyn Driver>> {
        let of_copies = self.replicas.iter().flat_map(|replicas| replicas.drivers());
        std::iter::once(&self.driver).chain(of_copies)
    }

    /// How the pool stands; those of the copies are counted in.
    #[must_use]
    pub fn status(&self) -> PoolStatus {
        let of_copies = self.replicas.as_ref().map(|replicas| replicas.status());
        of_copies.into_iter().flatten().fold(self.driver.status(), add)
    }

    /// Closes idle connections and refuses new check-outs.
    pub async fn close(&self) {
        if let Some(replicas) = &self.replicas {
            replicas.close().await;
        }
        self.driver.close().await;
    }

    /// Begins a unit of work. Nothing is sent before its first request.
    ///
    /// # Errors
    /// If no connection becomes free in time, or none can be made.
    pub async fn begin(&self) -> Result<UnitOfWork<S>> {
        self.begin_with(TransactionOptions::new()).await
    }

    /// Begins a unit of work with an isolation level, or for reading only.
    ///
    /// # Errors
    /// If no connection becomes free in time, or none can be made.
    pub async fn begin_with(&self, options: TransactionOptions) -> Result<UnitOfWork<S>> {
        let access = if options.read_only { Access::Read } else { Access::Write };
        let connection = self.driver.acquire(access).await?;
        Ok(UnitOfWork::new(connection, Arc::clone(&self.schema), options))
    }

    /// Runs `work` with a unit of work, which it commits itself; after a serialization failure, a deadlock or a busy
    /// database it is run again from its start, with a new unit of work, after growing random pauses.
    ///
    /// ```text
    /// let user = database
    ///     .run(|mut uow| async move {
    ///         let user = register(&mut uow, email).await?;
    ///         uow.commit().await?;
    ///         Ok(user)
    ///     })
    ///     .await?;
    /// ```
    ///
    /// # Errors
    /// What `work` failed with, once it is not retried any more; wrong use if it ended well without a commit or
    /// rollback.
    pub async fn run<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        E: From<underpin_core::Error>,
        F: FnMut(UnitOfWork<S>) -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        RetryPolicy::default().run(self, work).await
    }

    /// Takes one connection for several reads.
    ///
    /// # Errors
    /// If no connection becomes free in time, or none can be made.
    pub async fn checkout(&self) -> Result<Checkout<S>> {
        Ok(Checkout::new(self.reader().await?, Arc::clone(&self.schema)))
    }

    /// Begins a read session: several queries that see one state of the database.
    ///
    /// # Errors
    /// If no connection becomes free in time, or none can be made.
    pub async fn read(&self) -> Result<ReadSession<S>> {
        self.read_with(ReadOptions::new()).await
    }

    /// As [`read`](Self::read), with options.
    ///
    /// # Errors
    /// As there.
    pub async fn read_with(&self, options: ReadOptions) -> Result<ReadSession<S>> {
        Ok(ReadSession::new(self.reader().await?, Arc::clone(&self.schema), options))
    }

    /// As [`Checkout::by_keys`]; without keys no connection is taken.
    async fn by_keys<E: Aggregate<S> + Send>(&self, keys: &[<E::Row as Table>::Key]) -> Result<Vec<E>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        self.checkout().await?.by_keys(keys).await
    }

    /// A connection for reading.
    async fn reader(&self) -> Result<Box<dyn Connection>> {
        if let Some(replicas) = &self.replicas
            && let Some(connection) = replicas.acquire(self.at_least).await?
        {
            return Ok(connection);
        }
        self.driver.acquire(Access::Read).await
    }

    /// The entity with this key, or `None`: one statement, no transaction, nothing tracked.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not one of such an entity.
    pub fn get<E: Aggregate<S> + Send>(
        &self,
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
        &self,
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
        &self,
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
        &self,
        column: Column<E::Row, V, N>,
        of: impl IntoIterator<Item = impl IntoKey<V>>,
    ) -> Lookup<'_, HashMap<V, Vec<E>>> {
        children(self, column, of)
    }

    /// A query for entities: one statement, no transaction, nothing tracked.
    pub fn select<E: Aggregate<S> + Send>(&self) -> EntitySelect<S, E, &Self> {
        select::<S, E, _>(self)
    }

    /// A query for columns, expressions and tuples of them: one statement, no transaction.
    pub fn query<L: Selectable>(&self, selection: L) -> Selecting<L::Itself, &Self> {
        Selecting::new(self, selection.itself())
    }

    /// Runs the CREATE statements of the whole schema, in one transaction. For tests and scratch databases; a database
    /// that lives is built by revisions. The in-memory store follows the schema by itself, so that nothing is done there.
    ///
    /// # Errors
    /// If the dialect cannot hold the schema, or the database refuses a statement.
    pub async fn create_schema(&self) -> Result<()> {
        if !self.dialect().capability.sql {
            return Ok(());
        }
        let statements = self.schema.create(self.dialect())?;
        let mut connection = self.driver.acquire(Access::Write).await?;
        connection.begin(TransactionOptions::new());
        for statement in statements {
            connection.script(&statement).await?;
        }
        connection.commit().await
    }
}

/// How two pools stand together.
fn add(mut one: PoolStatus, other: PoolStatus) -> PoolStatus {
    one.open += other.open;
    one.idle += other.idle;
    one.waiting += other.waiting;
    one.limit = one.limit.saturating_add(other.limit);
    one.statements += other.statements;
    one.round_trips += other.round_trips;
    one
}
