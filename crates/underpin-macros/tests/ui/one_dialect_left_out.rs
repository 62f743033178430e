//! A default that one dialect lacks.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    #[column(server_default(postgres = "now()"))]
    created_at: i64,
}

fn main() {}
