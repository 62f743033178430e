//! Copies of a database that serve reads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use underpin_core::{Error, ErrorKind, Result};
use underpin_sql::driver::{Access, Connection, Driver, PoolStatus, Position};

/// Pools of the copies of a database, used in turn.
#[derive(Debug)]
pub(crate) struct Replicas {
    drivers: Vec<Arc<dyn Driver>>,
    /// How far each had come when it was asked last.
    reached: Vec<Mutex<Position>>,
    next: AtomicUsize,
}

impl Replicas {
    pub(crate) fn new(drivers: Vec<Arc<dyn Driver>>) -> Self {
        let reached = drivers.iter().map(|_| Mutex::new(Position::UNKNOWN)).collect();
        Self { drivers, reached, next: AtomicUsize::new(0) }
    }

    /// A connection to the copy whose turn it is, or else to the next one that answers and has come as far as asked;
    /// `None` if none has.
    ///
    /// # Errors
    /// If a copy answers, and refuses for another reason.
    pub(crate) async fn acquire(&self, at_least: Option<Position>) -> Result<Option<Box<dyn Connection>>> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        for turn in 0..self.drivers.len() {
            let at = first.wrapping_add(turn) % self.drivers.len();
            match self.of_copy(at, at_least).await {
                Ok(Some(connection)) => return Ok(Some(connection)),
                Ok(None) => {}
                Err(error) if is_out_of_reach(&error) => {}
                Err(error) => return Err(error.context("replica")),
            }
        }
        Ok(None)
    }

    /// A connection to a copy, if it has come far enough.
    async fn of_copy(&self, at: usize, at_least: Option<Position>) -> Result<Option<Box<dyn Connection>>> {
        let (driver, reached) = (&self.drivers[at], &self.reached[at]);
        let Some(wanted) = at_least else { return driver.acquire(Access::Read).await.map(Some) };
        // A copy never goes back, so it is not asked again for what it had already.
        let known = |reached: &Mutex<Position>| *reached.lock().unwrap_or_else(PoisonError::into_inner);
        if known(reached).reaches(wanted) {
            return driver.acquire(Access::Read).await.map(Some);
        }
        let mut connection = driver.acquire(Access::Read).await?;
        let position = connection.position().await?;
        if !position.reaches(wanted) {
            return Ok(None);
        }
        *reached.lock().unwrap_or_else(PoisonError::into_inner) = position;
        Ok(Some(connection))
    }

    pub(crate) fn drivers(&self) -> impl Iterator<Item = &Arc<dyn Driver>> {
        self.drivers.iter()
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
