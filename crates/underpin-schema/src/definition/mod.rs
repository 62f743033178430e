//! What a row struct says of its table, as data that exists at compile time.

mod check;
mod column;
mod exclude;
mod foreign_key;
mod index;
mod per_dialect;
mod statement_slots;
mod table;
mod unique;

pub use check::CheckDef;
pub use column::{ColumnDef, Generation};
pub use exclude::{ExcludeDef, ExcludePart};
pub use foreign_key::{ForeignKeyAction, ForeignKeyDef};
pub use index::{IndexDef, IndexKey, IndexPart, NullsOrder, SortOrder};
pub use per_dialect::PerDialect;
pub use statement_slots::StatementSlots;
pub use table::TableDef;
pub use unique::UniqueDef;
