//! An index over a field that is not there.

use underpin::Table;

#[derive(Table)]
#[table(name = "users", index(columns = [mail]))]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    email: String,
}

fn main() {}
