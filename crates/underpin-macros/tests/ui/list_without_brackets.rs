//! A list in parentheses.

use underpin::Table;

#[derive(Table)]
#[table(name = "users", unique(columns(email)))]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    email: String,
}

fn main() {}
