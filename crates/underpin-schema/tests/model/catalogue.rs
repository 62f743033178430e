//! The table of a catalogue.

use crate::Table;
use rust_decimal::Decimal;

/// A car.
#[derive(Table)]
#[table(name = "cars")]
pub struct CarRow {
    #[column(primary_key)]
    pub id: String,
    #[column(index)]
    pub make: String,
    #[column(index)]
    pub year: i32,
    #[column(index, precision = 12, scale = 2)]
    pub price_mxn: Decimal,
}
