//! PostgreSQL, when the feature is on.

use std::sync::Arc;

use underpin_core::Result;
use underpin_postgres::PostgresDriver;
use underpin_sql::driver::{ConnectOptions, Driver};

pub(crate) async fn connect(options: ConnectOptions) -> Result<Arc<dyn Driver>> {
    Ok(Arc::new(PostgresDriver::connect(options).await?))
}
