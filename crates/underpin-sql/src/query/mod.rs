//! Queries and writes as values.

mod expr;
mod filter;
mod order;
mod param;
mod rows;
mod select;
mod write;

pub use expr::{Comparison, Expr};
pub use filter::Filter;
pub use order::{Order, OrderBy};
pub use param::Param;
pub use rows::{CellOf, KeyRows, RowSource, Rows};
pub use select::{Lock, Query, Select};
pub use write::{Write, WriteKind};
