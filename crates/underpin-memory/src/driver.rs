//! The driver: one store, any number of connections.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use underpin_core::{BoxFuture, Dialect, Error, Result};
use underpin_schema::Schema;
use underpin_sql::driver::{self, Access, Connection, Driver, Journal, PoolStatus};

use crate::connection::MemoryConnection;
use crate::identity::Counters;
use crate::rules::Rules;
use crate::state::{Committed, State};

/// A store in memory; see the [crate](crate). It lives as long as the driver or one of its connections.
pub struct MemoryDriver {
    shared: Arc<Shared>,
}

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) rules: Rules,
    pub(crate) committed: Committed,
    pub(crate) counters: Counters,
    sent: driver::Counters,
    open: AtomicUsize,
    closed: AtomicBool,
}

impl Shared {
    /// Counts a statement, and tells those who listen what it was.
    pub(crate) fn count_statement(&self, describe: impl FnOnce() -> String) {
        self.sent.statements(1);
        self.sent.journal().keep(describe);
    }

    pub(crate) fn count_round_trip(&self) {
        self.sent.round_trip();
    }

    pub(crate) fn connection_closed(&self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

impl MemoryDriver {
    /// An empty store with the tables of a schema.
    #[must_use]
    pub fn new(schema: Arc<Schema>) -> Self {
        let rules = Rules::of(&schema);
        Self {
            shared: Arc::new(Shared {
                committed: Committed::new(State::empty(&rules)),
                counters: Counters::new(&rules),
                rules,
                sent: driver::Counters::new(Dialect::MEMORY),
                open: AtomicUsize::new(0),
                closed: AtomicBool::new(false),
            }),
        }
    }
}

/// Shows how many rows there are, and none of them.
impl fmt::Debug for MemoryDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let newest = self.shared.committed.newest();
        let tables = self.shared.rules.tables.iter().zip(&newest.tables);
        let rows: Vec<(&str, usize)> = tables.map(|(rules, table)| (rules.def.name, table.len())).collect();
        f.debug_struct("MemoryDriver").field("rows", &rows).finish_non_exhaustive()
    }
}

impl Driver for MemoryDriver {
    fn dialect(&self) -> &'static Dialect {
        Dialect::MEMORY
    }

    fn acquire(&self, _access: Access) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async move {
            if self.shared.closed.load(Ordering::Relaxed) {
                return Err(Error::usage(
                    "the pool is closed",
                    "close it after the last use, or open the database again",
                ));
            }
            self.shared.open.fetch_add(1, Ordering::Relaxed);
            Ok(Box::new(MemoryConnection::new(Arc::clone(&self.shared))) as Box<dyn Connection>)
        })
    }

    fn status(&self) -> PoolStatus {
        let mut status = PoolStatus::default();
        status.open = self.shared.open.load(Ordering::Relaxed);
        status.limit = usize::MAX;
        (status.statements, status.round_trips) = self.shared.sent.read();
        status
    }

    fn journal(&self) -> Option<&Journal> {
        Some(self.shared.sent.journal())
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.shared.closed.store(true, Ordering::Relaxed) })
    }
}
