//! Two columns of one name.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    email: String,
    #[column(name = "email")]
    address: String,
}

fn main() {}
