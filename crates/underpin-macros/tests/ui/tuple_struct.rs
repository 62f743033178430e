//! A row without names.

use underpin::Table;

#[derive(Table)]
#[table(name = "users")]
struct UserRow(i64);

fn main() {}
