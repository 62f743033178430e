//! A table without a primary key.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    email: String,
}

fn main() {}
