//! A row that borrows.

#[allow(unused)]
mod tables;
use tables::*;

#[derive(Table)]
#[table(name = "products")]
struct ProductRow<'a> {
    #[column(primary_key)]
    id: i64,
    name: &'a str,
}

fn main() {}
