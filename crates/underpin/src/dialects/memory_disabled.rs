//! The store in memory, when the feature is off.

use std::sync::Arc;

use underpin_core::{Error, Result};
use underpin_schema::Schema;
use underpin_sql::driver::Driver;

pub(crate) fn open(_: &Arc<Schema>) -> Result<Arc<dyn Driver>> {
    Err(Error::config(
        "this program was built without the store in memory",
        "build it with the feature `memory` of underpin",
    ))
}
