//! A length on what is not text.

use underpin::Table;

#[derive(Table)]
#[table(name = "cars")]
struct CarRow {
    #[column(primary_key)]
    id: i64,
    #[column(length = 4)]
    year: i32,
}

fn main() {}
