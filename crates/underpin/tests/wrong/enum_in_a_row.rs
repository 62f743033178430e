//! An enumeration that is no column value.

#[allow(unused)]
mod tables;
use tables::*;

enum State {
    Open,
    Closed,
}

#[derive(Table)]
#[table(name = "products")]
struct ProductRow {
    #[column(primary_key)]
    id: i64,
    state: State,
}

fn main() {}
