//! Values on the wire: parameters are written into the connection's buffer, cells are read out of it.

mod decode;
mod encode;
mod literal;
mod numeric;
mod types;

pub(crate) use decode::PgCells;
pub(crate) use encode::{Bind, Binds, Refused, encode_cell};
pub(crate) use literal::cell_text;
pub(crate) use types::{accepts, column_type_of, type_name};

/// Days from 1970-01-01 to 2000-01-01, where PostgreSQL's own calendar starts.
const EPOCH_DAYS: i32 = 10_957;
/// The same in microseconds.
const EPOCH_MICROS: i64 = EPOCH_DAYS as i64 * 86_400_000_000;
