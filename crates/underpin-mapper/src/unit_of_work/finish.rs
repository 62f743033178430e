//! Ending the transaction: `commit`, `rollback`.

use underpin_core::Result;
use underpin_schema::Store;

use super::UnitOfWork;

impl<S: Store> UnitOfWork<S> {
    /// Writes all pending changes and events, and commits, in one round trip.
    ///
    /// # Errors
    /// If the database refuses a row, or a row is stale: nothing of the unit of work is then kept.
    pub async fn commit(mut self) -> Result<()> {
        self.usable()?;
        match self.write(None, true).await {
            Ok(()) => {
                self.end();
                Ok(())
            }
            Err(error) => {
                // The transaction is lost; that the connection can be used again is all that matters now. If even that
                // fails, the driver discards it.
                let _ = self.connection.rollback().await;
                Err(error)
            }
        }
    }

    /// Takes back everything. Dropping the unit of work does the same, without waiting for the answer.
    ///
    /// # Errors
    /// If the connection is lost; the database then takes everything back by itself.
    pub async fn rollback(mut self) -> Result<()> {
        self.end();
        self.connection.rollback().await
    }

    fn end(&self) {
        if let Some(watch) = &self.watch {
            watch.ended();
        }
    }
}
