//! SQLite, when the feature is off.

use std::sync::Arc;

use underpin_core::{Error, Result};
use underpin_sql::driver::{ConnectOptions, Driver};

pub(crate) async fn connect(options: ConnectOptions) -> Result<Arc<dyn Driver>> {
    connect_blocking(options)
}

pub(crate) fn connect_blocking(_: ConnectOptions) -> Result<Arc<dyn Driver>> {
    Err(Error::config(
        "this program was built without SQLite",
        "build it with the feature `sqlite` of underpin",
    ))
}
