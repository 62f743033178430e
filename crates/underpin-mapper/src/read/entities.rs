//! Rows of a query as entities.

use std::any::Any;
use std::marker::PhantomData;

use underpin_core::{BoxFuture, Cells, Error, Result};
use underpin_schema::{Store, Table};
use underpin_sql::driver::{Collect, Connection, Receive};
use underpin_sql::{Anywhere, Select, SelectFrom, Selected, Tracker};

use crate::Aggregate;
use crate::aggregate::{Parts, whole};
use crate::events::RootRow;
use crate::identity::IdentityMap;

/// The rows `R` of a query as entities of the type `E`.
pub struct Entities<S, E, R = <E as Aggregate<S>>::Row>(PhantomData<fn() -> (S, E, R)>);

/// A query for entities: filter, order, limit; then one of the methods that run it.
pub type EntitySelect<S, E, X, Q = <E as Aggregate<S>>::Row> =
    SelectFrom<Q, Entities<S, E, <E as Aggregate<S>>::Row>, X>;

/// A query for all entities of a type.
pub(crate) fn select<S: Store, E: Aggregate<S> + Send, X>(runner: X) -> EntitySelect<S, E, X> {
    SelectFrom::new(runner, Select::new(<E::Row as Table>::def()))
}

/// Rows that become entities `E`. It is asked of the rows, and not of the entities, so that of what is not mapped the
/// compiler says that, and does not complain of each further method of the query.
pub trait RowOf<S, E>: Table {
    const ASKS: bool;

    fn receiver(tracked: bool, capacity: usize) -> Box<dyn Receive>;

    fn items(received: Box<dyn Receive>, tracker: Option<&mut Tracker>) -> Result<Vec<E>>;

    fn whole<'a>(
        received: Box<dyn Receive>,
        connection: &'a mut dyn Connection,
        tracker: Option<&'a mut Tracker>,
    ) -> BoxFuture<'a, Result<Vec<E>>>;
}

impl<S: Store, E: Aggregate<S, Row = R> + Send, R: RootRow<E, S>> RowOf<S, E> for R {
    const ASKS: bool = !E::Parts::NONE;

    fn receiver(tracked: bool, capacity: usize) -> Box<dyn Receive> {
        if tracked || <R as RowOf<S, E>>::ASKS {
            Collect::<R>::with_capacity(capacity)
        } else {
            Box::new(CollectEntities::<S, E> { entities: Vec::with_capacity(capacity), store: PhantomData })
        }
    }

    fn items(received: Box<dyn Receive>, tracker: Option<&mut Tracker>) -> Result<Vec<E>> {
        if let Some(tracker) = tracker {
            return whole::alone::<S, E>(map(tracker)?, Collect::<R>::rows(received)?);
        }
        match received.into_any().downcast::<CollectEntities<S, E>>() {
            Ok(collect) => Ok(collect.entities),
            Err(_) => Err(Error::usage("the driver gave back another receiver", "report this as a defect")),
        }
    }

    fn whole<'a>(
        received: Box<dyn Receive>,
        connection: &'a mut dyn Connection,
        tracker: Option<&'a mut Tracker>,
    ) -> BoxFuture<'a, Result<Vec<E>>> {
        Box::pin(async move {
            let rows = Collect::<R>::rows(received)?;
            match tracker {
                Some(tracker) => whole::tracked::<S, E>(connection, map(tracker)?, rows).await,
                None => whole::untracked::<S, E>(connection, rows).await,
            }
        })
    }
}

impl<S: 'static, E: Send + 'static, R: RowOf<S, E>> Selected for Entities<S, E, R> {
    type Scope = Anywhere;
    type Item = E;

    fn receiver(_select: &Select, capacity: usize, tracked: bool) -> Box<dyn Receive> {
        R::receiver(tracked, capacity)
    }

    fn items(received: Box<dyn Receive>, tracker: Option<&mut Tracker>) -> Result<Vec<E>> {
        R::items(received, tracker)
    }

    const ASKS: bool = R::ASKS;

    fn whole<'a>(
        received: Box<dyn Receive>,
        connection: &'a mut dyn Connection,
        tracker: Option<&'a mut Tracker>,
    ) -> BoxFuture<'a, Result<Vec<E>>> {
        R::whole(received, connection, tracker)
    }
}

fn map(tracker: &mut Tracker) -> Result<&mut IdentityMap> {
    tracker
        .downcast_mut()
        .ok_or_else(|| Error::usage("a tracker that is no identity map", "report this as a defect"))
}

/// Decodes rows to entities while they arrive.
struct CollectEntities<S, E> {
    entities: Vec<E>,
    store: PhantomData<fn() -> S>,
}

impl<S: Store, E: Aggregate<S> + Send> Receive for CollectEntities<S, E> {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        let row = underpin_sql::driver::decode::<E::Row>(cells)?;
        let Some(parts) = E::Parts::nothing() else {
            return Err(Error::usage("parts do not come with their roots", "report this as a defect"));
        };
        self.entities.push(whole::entity::<S, E>(row, parts)?);
        Ok(())
    }

    fn is_costly(&self) -> bool {
        E::Row::def().columns.iter().any(|column| column.encrypted)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
