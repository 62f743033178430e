//! The table `cars`.

use catalog_domain::Price;
use rust_decimal::Decimal;
use underpin::Table;

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = assert!(Price::PRECISION == 12 && Price::SCALE == 2);

/// A row of `cars`.
#[derive(Debug, Table)]
#[table(name = "cars")]
pub struct CarRow {
    /// The id as text.
    #[column(primary_key)]
    pub id: String,
    /// Who made it.
    #[column(index)]
    pub make: String,
    /// What its maker calls it.
    #[column(index)]
    pub model: String,
    /// The year of its model.
    #[column(index)]
    pub year: i32,
    /// What it costs, in Mexican pesos, exactly.
    #[column(index, precision = 12, scale = 2)]
    pub price_mxn: Decimal,
}
