//! The database foundation of a clean Rust service.

pub use underpin_core::{
    Auto, BoxFuture, Capability, CellError, Cells, Codec, ColumnSet, ColumnType, Datum, Dialect, Encoder,
    EnumType, Error, ErrorKind, Interval, Key, OwnedRow, Plain, Result, Stale, Value, Violation,
};
pub use underpin_macros::{ColumnEnum, Table};
pub use underpin_schema::{
    CheckDef, ColumnDef, ColumnFailure, ExcludeDef, ExcludePart, ForeignKeyAction, ForeignKeyDef, Generation,
    IndexDef, IndexKey, IndexPart, NullsOrder, PerDialect, SortOrder, StatementSlots, Table, TableDef,
    UniqueDef,
};
pub use underpin_sql::{Column, Filter, OrderBy};
