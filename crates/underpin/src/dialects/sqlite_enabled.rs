//! SQLite, when the feature is on.

use std::sync::Arc;

use underpin_core::Result;
use underpin_sql::driver::{ConnectOptions, Driver};
use underpin_sqlite::SqliteDriver;

pub(crate) async fn connect(options: ConnectOptions) -> Result<Arc<dyn Driver>> {
    Ok(Arc::new(SqliteDriver::connect(options).await?))
}

pub(crate) fn connect_blocking(options: ConnectOptions) -> Result<Arc<dyn Driver>> {
    Ok(Arc::new(SqliteDriver::blocking(options)?))
}
