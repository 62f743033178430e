//! An option of the table that is not known.

use underpin::Table;

#[derive(Table)]
#[table(name = "users", indexes(columns = [email]))]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    email: String,
}

fn main() {}
