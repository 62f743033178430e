//! Where the unit of work of a request lies: the middleware makes the place, the handler borrows what is in it.

use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard};
use underpin::{Database, Store, UnitOfWork};

use crate::Problem;

/// The place of one request's unit of work. Empty until a handler asks for it, so that nothing begins for nothing.
pub(crate) struct Slot<S> {
    database: Database<S>,
    place: Arc<Mutex<Option<UnitOfWork<S>>>>,
}

/// The unit of work while a handler has it.
pub(crate) type Lent<S> = OwnedMappedMutexGuard<Option<UnitOfWork<S>>, UnitOfWork<S>>;

/// What a place held at the end of the request.
pub(crate) enum Ended<S> {
    /// Nobody asked for it.
    Untouched,
    /// A task that outlives the handler still has it.
    Kept,
    /// The unit of work.
    Returned(UnitOfWork<S>),
}

impl<S> Clone for Slot<S> {
    fn clone(&self) -> Self {
        Self { database: self.database.clone(), place: Arc::clone(&self.place) }
    }
}

impl<S: Store> Slot<S> {
    pub(crate) fn new(database: Database<S>) -> Self {
        Self { database, place: Arc::default() }
    }

    /// Lends the unit of work, which begins if it has not.
    pub(crate) async fn lend(&self) -> Result<Lent<S>, Problem> {
        let Ok(mut place) = Arc::clone(&self.place).try_lock_owned() else {
            tracing::error!(
                "a handler asked twice for the unit of work of its request; take it once and pass it on"
            );
            return Err(Problem::internal());
        };
        if place.is_none() {
            *place = Some(self.database.begin().await?);
        }
        OwnedMutexGuard::try_map(place, Option::as_mut).map_err(|_| Problem::internal())
    }

    /// Ends the request.
    pub(crate) fn close(&self) -> Ended<S> {
        match self.place.try_lock() {
            Err(_) => Ended::Kept,
            Ok(mut place) => place.take().map_or(Ended::Untouched, Ended::Returned),
        }
    }
}
