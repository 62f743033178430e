//! PostgreSQL, when the feature is off.

use std::sync::Arc;

use underpin_core::{Error, Result};
use underpin_sql::driver::{ConnectOptions, Driver};

pub(crate) async fn connect(_: ConnectOptions) -> Result<Arc<dyn Driver>> {
    Err(Error::config(
        "this program was built without PostgreSQL",
        "build it with the feature `postgres` of underpin",
    ))
}
