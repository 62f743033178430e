//! A database as the target of a migration.

use std::sync::Arc;

use underpin_mapper::Database;
use underpin_migrate::{ConnectionTarget, MigrateError};
use underpin_schema::Store;

/// `database.migration_target()`: a connection for the length of a migration.
pub trait MigrationTarget {
    /// Takes a connection out of the pool; a second one is taken only to see who is in the way while a statement waits
    /// for a lock.
    ///
    /// # Errors
    /// If no connection is to be had; if the database is the in-memory store, which follows the program's schema by
    /// itself.
    fn migration_target(&self) -> impl Future<Output = Result<ConnectionTarget, MigrateError>> + Send;
}

impl<S: Store> MigrationTarget for Database<S> {
    async fn migration_target(&self) -> Result<ConnectionTarget, MigrateError> {
        ConnectionTarget::acquire(Arc::clone(self.driver())).await
    }
}
