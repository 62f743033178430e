//! A plain secret that may be missing.

#[allow(unused)]
mod tables;
use tables::*;
use underpin::secrets::Secret;

#[derive(Table)]
#[table(name = "products")]
struct ProductRow {
    #[column(primary_key)]
    id: i64,
    phone: Option<Secret<String>>,
}

fn main() {}
