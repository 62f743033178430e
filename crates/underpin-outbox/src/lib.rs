//! The outbox: domain events stored in the transaction that commits the data, until a relay has delivered them.
//!
//! For now the crate has the table and how a message is written; the relay and its publishers come to stand here.

// The derive macro writes paths of the façade, whose parts are imported here by their own names.
extern crate self as underpin;

mod row;

pub use row::OutboxRow;

#[allow(unused_imports, reason = "what the derive macro may name")]
use underpin_core::{
    CellError, Cells, Codec, ColumnSet, ColumnType, ColumnValue, Encoder, Key, Plain, Value,
};
#[allow(unused_imports, reason = "what the derive macro may name")]
use underpin_schema::{
    CheckDef, ColumnDef, ColumnFailure, ExcludeDef, ExcludePart, ForeignKeyAction, ForeignKeyDef, Generation,
    IndexDef, IndexKey, IndexPart, NullsOrder, PerDialect, RowStruct, SortOrder, StatementSlots, Table,
    TableDef, UniqueDef,
};
use underpin_sql::{Column, Nullable};
