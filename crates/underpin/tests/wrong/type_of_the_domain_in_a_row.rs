//! A field whose type no column can hold.

#[allow(unused)]
mod tables;
use tables::*;

struct Money(i64);

#[derive(Table)]
#[table(name = "products")]
struct ProductRow {
    #[column(primary_key)]
    id: i64,
    price: Money,
}

fn main() {}
