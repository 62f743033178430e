//! An option that is not known.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key)]
    id: i64,
    #[column(uniqe)]
    email: String,
}

fn main() {}
