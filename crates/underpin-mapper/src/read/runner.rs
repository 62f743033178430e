//! Who runs queries: a database, one checked-out connection, a unit of work.

use std::ops::ControlFlow;

use underpin_core::{BoxFuture, Result};
use underpin_schema::Store;
use underpin_sql::driver::Connection;
use underpin_sql::{Query, Runner, Select, Selectable, Selected, Selecting, Transactional};

use super::entities::select;
use super::{Checkout, EntitySelect};
use crate::{Aggregate, Database, UnitOfWork};

/// Who can run a query of the program whose marker type is `S`, for functions that serve all callers alike.
pub trait Reads<S: Store>: Runner {
    /// A query for entities.
    fn select<E: Aggregate<S> + Send>(self) -> EntitySelect<S, E, Self> {
        select::<S, E, _>(self)
    }

    /// A query for columns, expressions and tuples of them.
    fn query<L: Selectable>(self, selection: L) -> Selecting<L::Itself, Self> {
        Selecting::new(self, selection.itself())
    }
}

impl<S: Store> Reads<S> for &Database<S> {}
impl<S: Store> Reads<S> for &mut Checkout<S> {}
impl<S: Store> Reads<S> for &mut UnitOfWork<S> {}
impl<S: Store> Transactional for &mut UnitOfWork<S> {}

impl<S: Store> Runner for &Database<S> {
    fn all<'a, L: Selected>(self, select: &'a Select) -> BoxFuture<'a, Result<Vec<L::Item>>>
    where
        Self: 'a,
    {
        Box::pin(async move { self.checkout().await?.run::<L>(select).await })
    }

    fn portions<'a, L: Selected>(
        self,
        select: &'a Select,
        size: usize,
        each: &'a mut (dyn FnMut(Vec<L::Item>) -> ControlFlow<()> + Send),
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let mut checkout = self.checkout().await?;
            drain::<L>(checkout.connection(), select, size, each).await.map(drop)
        })
    }
}

impl<S: Store> Runner for &mut Checkout<S> {
    fn all<'a, L: Selected>(self, select: &'a Select) -> BoxFuture<'a, Result<Vec<L::Item>>>
    where
        Self: 'a,
    {
        Box::pin(self.run::<L>(select))
    }

    fn portions<'a, L: Selected>(
        self,
        select: &'a Select,
        size: usize,
        each: &'a mut (dyn FnMut(Vec<L::Item>) -> ControlFlow<()> + Send),
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a,
    {
        Box::pin(async move { drain::<L>(self.connection(), select, size, each).await.map(drop) })
    }
}

impl<S: Store> Runner for &mut UnitOfWork<S> {
    fn all<'a, L: Selected>(self, select: &'a Select) -> BoxFuture<'a, Result<Vec<L::Item>>>
    where
        Self: 'a,
    {
        Box::pin(self.run::<L>(select))
    }

    fn portions<'a, L: Selected>(
        self,
        select: &'a Select,
        size: usize,
        each: &'a mut (dyn FnMut(Vec<L::Item>) -> ControlFlow<()> + Send),
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a,
    {
        Box::pin(self.portions_untracked::<L>(select, size, each))
    }
}

/// Reads a stream to its end, portion by portion; whether it was read to its end.
pub(crate) async fn drain<L: Selected>(
    connection: &mut dyn Connection,
    select: &Select,
    size: usize,
    each: &mut (dyn FnMut(Vec<L::Item>) -> ControlFlow<()> + Send),
) -> Result<bool> {
    let query = Query::Select(select);
    let mut stream = connection.stream(&query).await?;
    if L::ASKS {
        // While the stream is open, the connection has no ear for further questions.
        let (mut portions, mut more) = (Vec::new(), true);
        while more {
            let (received, follows) = stream.next(L::receiver(select, size, false), size).await?;
            portions.push(received);
            more = follows;
        }
        drop(stream);
        for received in portions {
            let items = L::whole(received, connection, None).await?;
            if !items.is_empty() && each(items).is_break() {
                break;
            }
        }
        return Ok(true);
    }
    loop {
        let (received, more) = stream.next(L::receiver(select, size, false), size).await?;
        let items = L::items(received, None)?;
        if !items.is_empty() && each(items).is_break() {
            return Ok(false);
        }
        if !more {
            return Ok(true);
        }
    }
}
