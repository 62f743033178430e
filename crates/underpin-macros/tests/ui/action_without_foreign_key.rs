//! An action of a foreign key that is not there.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow {
    #[column(primary_key, on_delete = cascade)]
    id: i64,
}

fn main() {}
