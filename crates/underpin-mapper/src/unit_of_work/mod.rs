//! The unit of work: one transaction, its identity map, its pending changes and its events.

mod changes;
mod finish;
mod flush;
mod lookup;
mod savepoint;
mod watch;

use std::marker::PhantomData;
use std::sync::Arc;

use underpin_core::{Dialect, Error, Result};
use underpin_schema::{Schema, Store};
use underpin_sql::driver::{Connection, TransactionOptions};

use crate::identity::IdentityMap;
use crate::{Aggregate, Outgoing};

pub use savepoint::Savepoint;
pub(crate) use watch::Watch;

/// One transaction of the program whose marker type is `S`.
///
/// Everything takes `&mut self`: a unit of work belongs to one task, and one function signature serves all callers.
/// [`commit`](Self::commit) consumes it; dropping it instead rolls back. Nothing is sent to the database before it is
/// needed: BEGIN travels with the first statement, COMMIT with the last.
pub struct UnitOfWork<S> {
    pub(crate) connection: Box<dyn Connection>,
    pub(crate) schema: Arc<Schema>,
    pub(crate) map: IdentityMap,
    outgoing: Outgoing,
    savepoints: Vec<Open>,
    next_savepoint: u32,
    /// Whether a request failed, so that the database has aborted the transaction.
    pub(crate) failed: bool,
    /// Who runs the unit of work, and wants to know how it went.
    watch: Option<Watch>,
    store: PhantomData<fn() -> S>,
}

/// A savepoint that is open.
struct Open {
    number: u32,
    outgoing: Vec<usize>,
}

/// Names an entity that was added, until its generated values are known.
pub struct Added<E> {
    index: usize,
    entity: PhantomData<fn() -> E>,
}

impl<E> Clone for Added<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Added<E> {}

impl<E> std::fmt::Debug for Added<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Added({})", self.index)
    }
}

impl<S: Store> UnitOfWork<S> {
    pub(crate) fn new(
        mut connection: Box<dyn Connection>,
        schema: Arc<Schema>,
        options: TransactionOptions,
    ) -> Self {
        connection.begin(options);
        Self {
            connection,
            schema,
            map: IdentityMap::default(),
            outgoing: Outgoing::default(),
            savepoints: Vec::new(),
            next_savepoint: 0,
            failed: false,
            watch: None,
            store: PhantomData,
        }
    }

    /// The tables and names that the program declares.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Which database it is.
    #[must_use]
    pub fn dialect(&self) -> &'static Dialect {
        self.connection.dialect()
    }

    /// Lets the caller learn how it went.
    pub(crate) fn watch(&mut self) -> Watch {
        self.watch.get_or_insert_default().clone()
    }

    /// Notes what a failure means for the transaction, and completes what the driver could not know.
    pub(crate) fn fail(&mut self, error: Error) -> Error {
        self.failed = true;
        if let (true, Some(watch)) = (error.is_retryable(), &self.watch) {
            watch.retryable();
        }
        name_constraint(&self.schema, error)
    }

    pub(crate) fn usable(&self) -> Result<()> {
        if self.failed {
            return Err(Error::usage(
                "the transaction was aborted by an earlier failure",
                "roll it back, or go back to a savepoint that was set before the failure",
            ));
        }
        Ok(())
    }

    /// The row of an entity that was added, with its generated values once it has been flushed.
    ///
    /// # Errors
    /// If the entity was added after a savepoint that the unit of work has gone back to.
    pub fn row<E: Aggregate<S> + Send>(&mut self, added: Added<E>) -> Result<&E::Row> {
        self.map.set::<E::Row>()?.row(added.index).ok_or_else(|| {
            Error::usage(
                "row: the entity was added after a savepoint that was rolled back to",
                "add it again",
            )
        })
    }
}

/// Completes a violation with the constraint's name, where the database told only the columns.
pub(crate) fn name_constraint(schema: &Schema, error: Error) -> Error {
    let underpin_core::ErrorKind::Constraint { constraint: None, table: Some(table), columns, .. } =
        error.kind()
    else {
        return error;
    };
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let name = schema.unique_name(table, &columns).map(str::to_owned);
    error.with_constraint(name, None)
}

impl<S> std::fmt::Debug for UnitOfWork<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnitOfWork")
            .field("database", &self.connection.dialect().name)
            .field("tables", &self.map.sets.len())
            .field("outgoing", &self.outgoing)
            .field("failed", &self.failed)
            .finish()
    }
}
