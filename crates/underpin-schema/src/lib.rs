//! Table definitions as data, the naming convention, the schema of a program, and its CREATE statements.
//!
//! - [`TableDef`] and its parts: what `#[derive(Table)]` emits, all of it `'static`.
//! - [`Table`]: the trait of a row struct, implemented by the same derive.
//! - [`Store`], [`SchemaBuilder`] and [`Schema`]: the tables of a program, checked and named.
//! - [`NamingConvention`]: how constraints and indexes are named where the definition gives no name.
//! - [`Schema::create`]: the CREATE statements of a dialect.
//!
//! **Invariant:** this crate does no IO; a statement list is a pure function of a schema and a dialect.

mod create;
mod definition;
mod naming;
mod node;
mod row_version;
mod schema;
mod table;
mod validate;

pub use create::identifier;
pub use definition::{
    CheckDef, ColumnDef, ExcludeDef, ExcludePart, ForeignKeyAction, ForeignKeyDef, Generation, IndexDef,
    IndexKey, IndexPart, NullsOrder, PerDialect, SortOrder, StatementSlots, TableDef, UniqueDef,
};
pub use naming::{NamingConvention, Subject};
#[doc(hidden)]
pub use node::Node;
pub use row_version::RowVersion;
pub use schema::{Schema, SchemaBuilder, Store, TableNames};
#[doc(hidden)]
pub use table::RowStruct;
pub use table::{ColumnFailure, Table};
