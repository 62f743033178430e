//! A foreign key to a column of another type.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key)]
    id: String,
}

#[derive(Table)]
#[table(name = "secrets")]
struct SecretRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = UserRow::ID)]
    user_id: i64,
}

fn main() {}
