//! The drivers, each present or absent as the features say; callers see no difference.

#[cfg(feature = "memory")]
#[path = "memory_enabled.rs"]
pub(crate) mod memory;
#[cfg(not(feature = "memory"))]
#[path = "memory_disabled.rs"]
pub(crate) mod memory;

#[cfg(feature = "postgres")]
#[path = "postgres_enabled.rs"]
pub(crate) mod postgres;
#[cfg(not(feature = "postgres"))]
#[path = "postgres_disabled.rs"]
pub(crate) mod postgres;

#[cfg(feature = "sqlite")]
#[path = "sqlite_enabled.rs"]
pub(crate) mod sqlite;
#[cfg(not(feature = "sqlite"))]
#[path = "sqlite_disabled.rs"]
pub(crate) mod sqlite;
