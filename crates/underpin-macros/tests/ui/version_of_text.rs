//! A version that cannot count.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    #[column(version)]
    version: String,
}

fn main() {}
