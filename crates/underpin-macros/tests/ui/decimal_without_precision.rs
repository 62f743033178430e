//! A decimal that does not say how many digits it has.

use underpin::Table;

#[derive(Table)]
#[table(name = "cars")]
struct CarRow {
    #[column(primary_key)]
    id: i64,
    price: rust_decimal::Decimal,
}

fn main() {}
