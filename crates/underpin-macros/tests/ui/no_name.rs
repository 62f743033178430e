//! A table without a name.

use underpin::Table;

#[derive(Table)]
struct UserRow {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
