//! The store in memory, when the feature is on.

use std::sync::Arc;

use underpin_core::Result;
use underpin_memory::MemoryDriver;
use underpin_schema::Schema;
use underpin_sql::driver::Driver;

#[allow(clippy::unnecessary_wraps, reason = "as when the feature is off")]
pub(crate) fn open(schema: &Arc<Schema>) -> Result<Arc<dyn Driver>> {
    Ok(Arc::new(MemoryDriver::new(Arc::clone(schema))))
}
