//! Rows of a query as entities.

use std::any::Any;
use std::marker::PhantomData;

use underpin_core::{BoxFuture, Cells, Error, Result};
use underpin_schema::{Store, Table};
use underpin_sql::driver::{Collect, Connection, Receive};
use underpin_sql::{Anywhere, Select, SelectFrom, Selected, Tracker};

use crate::Aggregate;
use crate::aggregate::{Tree, whole};
use crate::identity::IdentityMap;

/// The rows of a query as entities of the type `E`.
pub struct Entities<S, E>(PhantomData<fn() -> (S, E)>);

/// A query for entities: filter, order, limit; then one of the methods that run it.
pub type EntitySelect<S, E, X, Q = <E as Aggregate<S>>::Row> = SelectFrom<Q, Entities<S, E>, X>;

/// A query for all entities of a type.
pub(crate) fn select<S: Store, E: Aggregate<S>, X>(runner: X) -> EntitySelect<S, E, X> {
    SelectFrom::new(runner, Select::new(<E::Row as Table>::def()))
}

impl<S: Store, E: Aggregate<S>> Selected for Entities<S, E> {
    type Scope = Anywhere;
    type Item = E;

    fn receiver(_select: &Select, capacity: usize, tracked: bool) -> Box<dyn Receive> {
        if tracked || Self::ASKS {
            Collect::<E::Row>::with_capacity(capacity)
        } else {
            Box::new(CollectEntities::<S, E> { entities: Vec::with_capacity(capacity), store: PhantomData })
        }
    }

    fn items(received: Box<dyn Receive>, tracker: Option<&mut Tracker>) -> Result<Vec<E>> {
        if let Some(tracker) = tracker {
            return whole::alone::<S, E>(map(tracker)?, Collect::<E::Row>::rows(received)?);
        }
        match received.into_any().downcast::<CollectEntities<S, E>>() {
            Ok(collect) => Ok(collect.entities),
            Err(_) => Err(Error::usage("the driver gave back another receiver", "report this as a defect")),
        }
    }

    const ASKS: bool = !E::Parts::NONE;

    fn whole<'a>(
        received: Box<dyn Receive>,
        connection: &'a mut dyn Connection,
        tracker: Option<&'a mut Tracker>,
    ) -> BoxFuture<'a, Result<Vec<E>>> {
        Box::pin(async move {
            let rows = Collect::<E::Row>::rows(received)?;
            match tracker {
                Some(tracker) => whole::tracked::<S, E>(connection, map(tracker)?, rows).await,
                None => whole::untracked::<S, E>(connection, rows).await,
            }
        })
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

impl<S: Store, E: Aggregate<S>> Receive for CollectEntities<S, E> {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        let row = underpin_sql::driver::decode::<E::Row>(cells)?;
        let Some(parts) = E::Parts::nothing() else {
            return Err(Error::usage("parts do not come with their roots", "report this as a defect"));
        };
        self.entities.push(whole::entity::<S, E>(row, parts)?);
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
