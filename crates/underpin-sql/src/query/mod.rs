//! Queries and writes as values.

mod align;
mod cast;
mod change;
mod cursor;
mod function;
mod order;
mod param;
mod request;
mod rows;
mod select;
mod tree;
mod write;
mod written;

pub use change::{Change, ChangeKind, Conflict, Insert, assignment};
pub use cursor::Cursor;
pub use function::{Frame, FrameEnd, Function, Tail, Window};
pub use order::{Order, OrderBy};
pub use param::Param;
pub use request::Query;
pub use rows::{CellOf, KeyRows, RowSource, Rows};
pub use select::{Distinct, Join, JoinKind, Lock, Select, SetOperation, Source, With};
pub use tree::{ColumnRef, Comparison, Node, Tree};
pub use write::{Write, WriteKind};
pub use written::Written;

pub(crate) use align::{MOST_DIGITS, align, align_all};
pub(crate) use cursor::key_types;
pub(crate) use function::direction;
pub(crate) use written::Part as WrittenPart;
