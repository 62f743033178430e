//! The database foundation of a clean Rust service.

#[cfg(all(feature = "migrate", feature = "secrets"))]
mod backfill;
mod connect;
mod database_url;
mod dialects;
#[cfg(feature = "migrate")]
mod migration_target;
pub mod prelude;
pub mod query;

#[cfg(all(feature = "migrate", feature = "secrets"))]
pub use backfill::Encrypting;
pub use connect::{Connect, ConnectBlocking, connect_driver};
pub use database_url::database_url;
#[cfg(feature = "migrate")]
pub use migration_target::MigrationTarget;
#[doc(hidden)]
pub use underpin_core::ColumnValue;
#[cfg(feature = "with-serde_json-1")]
pub use underpin_core::Json;
pub use underpin_core::{
    Auto, BoxFuture, Capability, CellError, Cells, Codec, ColumnSet, ColumnType, Datum, Dialect, Encoder,
    EnumType, Error, ErrorKind, Hint, Interval, Key, OwnedRow, Plain, Result, Stale, Value, Violation,
};
#[doc = include_str!("../docs/column_enum.md")]
pub use underpin_macros::ColumnEnum;
#[doc = include_str!("../docs/table.md")]
pub use underpin_macros::Table;
#[cfg(feature = "migrate")]
#[doc = include_str!("../docs/include_migrations.md")]
pub use underpin_macros::include_migrations;
pub use underpin_mapper::{
    Added, Aggregate, By, Checkout, Conflicting, Count, Database, Delete, Entity, EntitySelect, Events,
    HasMany, HasOne, InsertMany, IntoKey, IntoOptionalKey, Lookup, ManyToMany, MappingError, OnlyForeignKey,
    Outcome, Outgoing, Parts, ReadOptions, ReadSession, Reads, RetryPolicy, Savepoint, UnitOfWork, Update,
    Upsert, Via, aggregate, blocking, plan,
};
#[doc(hidden)]
pub use underpin_schema::RowStruct;
pub use underpin_schema::{
    CheckDef, ColumnDef, ColumnFailure, ExcludeDef, ExcludePart, ForeignKeyAction, ForeignKeyDef, Generation,
    IndexDef, IndexKey, IndexPart, NullsOrder, PerDialect, RowVersion, SortOrder, StatementSlots, Table,
    TableDef, UniqueDef,
};
pub use underpin_schema::{NamingConvention, Schema, SchemaBuilder, Store, Subject, TableNames, identifier};
pub use underpin_sql::driver::{
    ConnectOptions, Isolation, PoolOptions, PoolStatus, Position, TransactionOptions,
};
pub use underpin_sql::{Column, Expr, Filter, NotNull, Nullable, OrderBy, driver};

/// Migrations.
#[cfg(feature = "migrate")]
pub use underpin_migrate as migrate;
/// Events stored with the data.
pub use underpin_outbox as outbox;
/// Encrypted columns, and the keys that they need.
#[cfg(feature = "secrets")]
pub use underpin_secrets as secrets;

/// The guide to aggregates, compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/aggregates.md")]
struct AggregatesDoctests;

/// The page on queries, compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/queries.md")]
struct QueriesDoctests;

/// The guide to many rows and to reads, compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/bulk.md")]
struct BulkDoctests;

/// The README's tour, compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct ReadmeDoctests;
