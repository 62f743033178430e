//! A default for a value that cannot be left out.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    #[column(default = false)]
    email_verified: bool,
}

fn main() {}
