//! A key of five columns.

use underpin::Table;

#[derive(Table)]
#[table(name = "wide")]
struct WideRow {
    #[column(primary_key)]
    a: i64,
    #[column(primary_key)]
    b: i64,
    #[column(primary_key)]
    c: i64,
    #[column(primary_key)]
    d: i64,
    #[column(primary_key)]
    e: i64,
}

fn main() {}
