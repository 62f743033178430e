//! Rows of a query as entities.

use std::any::Any;
use std::marker::PhantomData;

use underpin_core::{Cells, Error, Result};
use underpin_schema::{Store, Table};
use underpin_sql::driver::{Collect, Receive};
use underpin_sql::{Anywhere, Select, SelectFrom, Selected};

use crate::entity::MappingError;
use crate::{Entity, UnitOfWork};

/// The rows of a query as entities of the type `E`.
pub struct Entities<S, E>(PhantomData<fn() -> (S, E)>);

/// A query for entities: filter, order, limit; then one of the methods that run it.
pub type EntitySelect<S, E, X, Q = <E as Entity<S>>::Row> = SelectFrom<Q, Entities<S, E>, X>;

/// A query for all entities of a type.
pub(crate) fn select<S: Store, E: Entity<S>, X>(runner: X) -> EntitySelect<S, E, X> {
    SelectFrom::new(runner, Select::new(<E::Row as Table>::def()))
}

impl<S: Store, E: Entity<S>> Selected for Entities<S, E> {
    type Scope = Anywhere;
    type Item = E;

    fn receiver(_select: &Select, capacity: usize, tracked: bool) -> Box<dyn Receive> {
        if tracked {
            Collect::<E::Row>::with_capacity(capacity)
        } else {
            Box::new(CollectEntities::<S, E> { entities: Vec::with_capacity(capacity), store: PhantomData })
        }
    }

    fn items(received: Box<dyn Receive>, tracker: Option<&mut dyn Any>) -> Result<Vec<E>> {
        if let Some(tracker) = tracker {
            let rows = Collect::<E::Row>::rows(received)?;
            return match tracker.downcast_mut::<UnitOfWork<S>>() {
                Some(unit_of_work) => unit_of_work.tracked(rows),
                None => Err(Error::usage("a unit of work of another program", "report this as a defect")),
            };
        }
        match received.into_any().downcast::<CollectEntities<S, E>>() {
            Ok(collect) => Ok(collect.entities),
            Err(_) => Err(Error::usage("the driver gave back another receiver", "report this as a defect")),
        }
    }
}

/// Decodes rows to entities while they arrive.
struct CollectEntities<S, E> {
    entities: Vec<E>,
    store: PhantomData<fn() -> S>,
}

impl<S: Store, E: Entity<S>> Receive for CollectEntities<S, E> {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        let row = underpin_sql::driver::decode::<E::Row>(cells)?;
        self.entities.push(E::from_row(row).map_err(MappingError::into_error::<E::Row>)?);
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
