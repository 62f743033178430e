//! Table definitions as data, the naming convention, the schema of a program, and its CREATE statements.
//!
//! - [`TableDef`] and its parts: what `#[derive(Table)]` emits, all of it `'static`.
//! - [`Table`]: the trait of a row struct, implemented by the same derive.
//!
//! **Invariant:** this crate does no IO; a statement list is a pure function of a schema and a dialect.

mod definition;
mod table;

pub use definition::{
    CheckDef, ColumnDef, ExcludeDef, ExcludePart, ForeignKeyAction, ForeignKeyDef, Generation, IndexDef,
    IndexKey, IndexPart, NullsOrder, PerDialect, SortOrder, StatementSlots, TableDef, UniqueDef,
};
pub use table::{ColumnFailure, Table};
