//! A foreign key to a column that is not there.

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
    #[column(references = UserRow::NOPE)]
    user_id: String,
}

fn main() {}
