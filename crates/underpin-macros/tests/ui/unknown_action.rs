//! An action that foreign keys do not have.

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
    #[column(references = UserRow::ID, on_delete = delete)]
    user_id: String,
}

fn main() {}
