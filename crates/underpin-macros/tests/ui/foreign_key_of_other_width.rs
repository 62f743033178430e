//! A foreign key with fewer columns than it refers to.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key)]
    id: String,
}

#[derive(Table)]
#[table(name = "secrets", foreign_key(columns = [user_id], references = "users(id, email)"))]
struct SecretRow {
    #[column(primary_key)]
    id: i64,
    user_id: String,
}

fn main() {}
