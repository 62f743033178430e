//! PostgreSQL, when the feature is on.

use std::sync::Arc;

use underpin_core::Result;
use underpin_postgres::PostgresDriver;
use underpin_sql::driver::{ConnectOptions, Driver};

pub(crate) async fn connect(options: ConnectOptions) -> Result<Arc<dyn Driver>> {
    // Boxed: connecting has many layers, which would count against the depth that the compiler follows in a caller.
    Ok(Arc::new(Box::pin(PostgresDriver::connect(options)).await?))
}
