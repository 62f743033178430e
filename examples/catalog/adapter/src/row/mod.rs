//! The rows: one struct for each table.

mod car;

pub use car::CarRow;
