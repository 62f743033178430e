//! A codec that does not store such a type.

#[allow(unused)]
mod tables;
use tables::*;

#[derive(Clone)]
struct Money(i64);

struct Cents;

#[derive(Table)]
#[table(name = "products")]
struct ProductRow {
    #[column(primary_key)]
    id: i64,
    #[column(via = Cents)]
    price: Money,
}

fn main() {}
