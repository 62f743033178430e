//! An enumeration that cannot be copied.

#[allow(unused)]
mod tables;
use tables::*;

#[derive(underpin::ColumnEnum)]
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
