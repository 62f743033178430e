//! An enumeration without an order as primary key.

#[allow(unused)]
mod tables;
use tables::*;

#[derive(Clone, underpin::ColumnEnum)]
enum State {
    Open,
    Closed,
}

#[derive(Table)]
#[table(name = "products")]
struct ProductRow {
    #[column(primary_key)]
    state: State,
}

fn main() {}
