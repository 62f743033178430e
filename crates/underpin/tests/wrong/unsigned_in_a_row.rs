//! A number that no database has.

#[allow(unused)]
mod tables;
use tables::*;

#[derive(Table)]
#[table(name = "products")]
struct ProductRow {
    #[column(primary_key)]
    id: u64,
    name: String,
}

fn main() {}
