//! A query for entities of one type.

use std::any::Any;
use std::marker::PhantomData;

use underpin_core::{BoxFuture, Cells, Error, Result};
use underpin_schema::{Store, Table};
use underpin_sql::driver::{Connection, Receive};
use underpin_sql::{Filter, Lock, Query, Select};

use super::IntoOrder;
use crate::entity::MappingError;
use crate::{Entity, UnitOfWork};

/// Who can run a query for entities: a database, one checked-out connection, or a unit of work.
pub trait Reads<S>: Sized + Send {
    /// Runs a query to its end.
    fn all<'a, E: Entity<S>>(self, select: &'a Select) -> BoxFuture<'a, Result<Vec<E>>>
    where
        Self: 'a;

    /// Runs a query and gives its entities in portions of at most `size`.
    fn portions<'a, E: Entity<S>>(
        self,
        select: &'a Select,
        size: usize,
        each: &'a mut (dyn FnMut(Vec<E>) -> Result<()> + Send),
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a;
}

impl<S: Store> Reads<S> for &mut UnitOfWork<S> {
    fn all<'a, E: Entity<S>>(self, select: &'a Select) -> BoxFuture<'a, Result<Vec<E>>>
    where
        Self: 'a,
    {
        Box::pin(async move { self.fetch::<E>(&Query::Select(select), 0).await })
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
        Box::pin(async move { self.portions_untracked::<E>(select, size, each).await })
    }
}

/// A query for entities: filter, order, limit; then one of the methods that run it.
#[must_use = "a query does nothing before `all`, `first` or `portions` is awaited"]
pub struct EntitySelect<S, E, X> {
    runner: X,
    select: Select,
    types: PhantomData<fn() -> (S, E)>,
}

impl<S, E: Entity<S>, X> EntitySelect<S, E, X> {
    pub(crate) fn new(runner: X) -> Self {
        Self { runner, select: Select::new(<E::Row as Table>::def()), types: PhantomData }
    }

    /// The query as a value.
    #[must_use]
    pub fn as_select(&self) -> &Select {
        &self.select
    }

    /// Only rows for which this holds too.
    pub fn filter(mut self, filter: Filter<E::Row>) -> Self {
        self.select.filter(filter.into_expr());
        self
    }

    /// Only rows for which this holds too, if there is a value; otherwise as it was.
    pub fn filter_some<V>(self, value: Option<V>, filter: impl FnOnce(V) -> Filter<E::Row>) -> Self {
        match value {
            Some(value) => self.filter(filter(value)),
            None => self,
        }
    }

    /// In this order; replaces an order given before.
    pub fn order_by(mut self, order: impl IntoOrder<E::Row>) -> Self {
        self.select.order = order.into_order();
        self
    }

    /// At most so many.
    pub fn limit(mut self, rows: u64) -> Self {
        self.select.limit = Some(rows);
        self
    }

    /// Leaving out so many first.
    pub fn offset(mut self, rows: u64) -> Self {
        self.select.offset = Some(rows);
        self
    }
}

impl<S: Store, E: Entity<S>, X: Reads<S>> EntitySelect<S, E, X> {
    /// All entities of the query.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not one of such an entity.
    pub async fn all(self) -> Result<Vec<E>> {
        self.runner.all::<E>(&self.select).await
    }

    /// The first entity of the query, or `None`.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not one of such an entity.
    pub async fn first(mut self) -> Result<Option<E>> {
        self.select.limit = Some(1);
        Ok(self.all().await?.pop())
    }

    /// All entities of the query in portions of at most `size`, in memory for one portion, however many there are. The
    /// next portion is fetched when `each` is done. Entities read in this way are not tracked by a unit of work.
    ///
    /// # Errors
    /// If the database cannot be asked, a row is not one of such an entity, or `each` fails; the rest is then not read.
    pub async fn portions(
        self,
        size: usize,
        mut each: impl FnMut(Vec<E>) -> Result<()> + Send,
    ) -> Result<()> {
        self.runner.portions::<E>(&self.select, size.max(1), &mut each).await
    }
}

impl<S: Store, E: Entity<S>> EntitySelect<S, E, &mut UnitOfWork<S>> {
    /// With the rows locked until the transaction ends.
    pub fn for_update(mut self) -> Self {
        self.select.lock = Lock::ForUpdate;
        self
    }

    /// With the rows locked until the transaction ends, passing over rows that others hold.
    pub fn skip_locked(mut self) -> Self {
        self.select.lock = Lock::SkipLocked;
        self
    }
}

/// Reads a stream to its end, portion by portion.
pub(crate) async fn drain<S: 'static, E: Entity<S>>(
    connection: &mut dyn Connection,
    select: &Select,
    size: usize,
    each: &mut (dyn FnMut(Vec<E>) -> Result<()> + Send),
) -> Result<()> {
    let query = Query::Select(select);
    let mut stream = connection.stream(&query).await?;
    loop {
        let (received, more) = stream.next(CollectEntities::<S, E>::with_capacity(size), size).await?;
        let entities = CollectEntities::<S, E>::entities(received)?;
        if !entities.is_empty() {
            each(entities)?;
        }
        if !more {
            return Ok(());
        }
    }
}

/// Decodes rows to entities while they arrive.
pub(crate) struct CollectEntities<S, E> {
    entities: Vec<E>,
    store: PhantomData<fn() -> S>,
}

impl<S: 'static, E: Entity<S>> CollectEntities<S, E> {
    pub(crate) fn with_capacity(capacity: usize) -> Box<dyn Receive> {
        Box::new(Self { entities: Vec::with_capacity(capacity), store: PhantomData })
    }

    pub(crate) fn entities(received: Box<dyn Receive>) -> Result<Vec<E>> {
        match received.into_any().downcast::<Self>() {
            Ok(collect) => Ok(collect.entities),
            Err(_) => Err(Error::usage("the driver gave back another receiver", "report this as a defect")),
        }
    }
}

impl<S: 'static, E: Entity<S>> Receive for CollectEntities<S, E> {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        let row = underpin_sql::driver::decode::<E::Row>(cells)?;
        self.entities.push(E::from_row(row).map_err(MappingError::into_error::<E::Row>)?);
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
