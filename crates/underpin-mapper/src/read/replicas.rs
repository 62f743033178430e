//! Copies of a database that serve reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use underpin_core::{Error, ErrorKind, Result};
use underpin_sql::driver::{Access, Connection, Driver, PoolStatus};

/// Pools of the copies of a database, used in turn.
#[derive(Debug)]
pub(crate) struct Replicas {
    drivers: Vec<Arc<dyn Driver>>,
    next: AtomicUsize,
}

impl Replicas {
    pub(crate) fn new(drivers: Vec<Arc<dyn Driver>>) -> Self {
        Self { drivers, next: AtomicUsize::new(0) }
    }

    /// A connection to the copy whose turn it is, or else to the next one that answers; `None` if none does.
    ///
    /// # Errors
    /// If a copy answers, and refuses for another reason.
    pub(crate) async fn acquire(&self) -> Result<Option<Box<dyn Connection>>> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        for turn in 0..self.drivers.len() {
            let at = first.wrapping_add(turn) % self.drivers.len();
            match self.drivers[at].acquire(Access::Read).await {
                Ok(connection) => return Ok(Some(connection)),
                Err(error) if is_out_of_reach(&error) => {}
                Err(error) => return Err(error.context("replica")),
            }
        }
        Ok(None)
    }

    /// How their pools stand.
    pub(crate) fn status(&self) -> Vec<PoolStatus> {
        self.drivers.iter().map(|driver| driver.status()).collect()
    }

    pub(crate) async fn close(&self) {
        for driver in &self.drivers {
            driver.close().await;
        }
    }
}

fn is_out_of_reach(error: &Error) -> bool {
    error.is_connection() || matches!(error.kind(), ErrorKind::Connect | ErrorKind::PoolTimeout { .. })
}
