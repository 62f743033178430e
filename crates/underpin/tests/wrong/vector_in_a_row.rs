//! A list of values of the domain as a column.

#[allow(unused)]
mod tables;
use tables::*;

struct Tag(String);

#[derive(Table)]
#[table(name = "products")]
struct ProductRow {
    #[column(primary_key)]
    id: i64,
    tags: Vec<Tag>,
}

fn main() {}
