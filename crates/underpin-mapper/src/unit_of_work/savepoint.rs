//! Savepoints: going back to a point inside the transaction, in the database and in the identity map alike.

use underpin_core::{Error, Result};
use underpin_schema::Store;
use underpin_sql::driver::{Batch, Step};

use super::{Open, UnitOfWork};

/// A point inside a unit of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Savepoint(u32);

impl<S: Store> UnitOfWork<S> {
    /// Writes what is pending and sets a savepoint after it, in one round trip.
    ///
    /// # Errors
    /// If the database refuses a row, or a row is stale.
    pub async fn savepoint(&mut self) -> Result<Savepoint> {
        self.usable()?;
        let number = self.next_savepoint;
        self.write(Some(number), false).await?;
        self.next_savepoint += 1;
        self.savepoints.push(Open { number, outgoing: self.outgoing.mark() });
        self.map.mark();
        Ok(Savepoint(number))
    }

    /// Takes back everything since the savepoint, pending changes and events included; savepoints set after it are
    /// gone, it stays itself. This also makes a unit of work usable again after a failure.
    ///
    /// # Errors
    /// If the savepoint is not open any more.
    pub async fn rollback_to(&mut self, savepoint: Savepoint) -> Result<()> {
        let position = self.open(savepoint, "rollback_to")?;
        let steps = [Step::RollbackTo(savepoint.0)];
        if let Err(error) = self.connection.write(&Batch { steps: &steps, commit: false }).await {
            return Err(self.fail(error));
        }
        self.savepoints.truncate(position + 1);
        if let Some(open) = self.savepoints.last() {
            self.outgoing.truncate(&open.outgoing);
        }
        self.map.rollback_to(position);
        self.failed = false;
        Ok(())
    }

    /// Forgets a savepoint, and those set after it; what was done since stays.
    ///
    /// # Errors
    /// If the savepoint is not open any more.
    pub async fn release(&mut self, savepoint: Savepoint) -> Result<()> {
        self.usable()?;
        let position = self.open(savepoint, "release")?;
        let steps = [Step::Release(savepoint.0)];
        if let Err(error) = self.connection.write(&Batch { steps: &steps, commit: false }).await {
            return Err(self.fail(error));
        }
        self.savepoints.truncate(position);
        self.map.release(position);
        Ok(())
    }

    fn open(&self, savepoint: Savepoint, verb: &str) -> Result<usize> {
        self.savepoints.iter().position(|open| open.number == savepoint.0).ok_or_else(|| {
            Error::usage(
                format!("{verb}: the savepoint is not open any more"),
                "it was released, or the unit of work went back to one that was set before it",
            )
        })
    }
}
