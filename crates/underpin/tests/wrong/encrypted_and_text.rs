//! An encrypted column is compared.

#[allow(unused)]
mod tables;
use tables::*;
use underpin::secrets::Encrypted;

#[derive(Table)]
#[table(name = "products")]
struct ProductRow {
    #[column(primary_key)]
    id: i64,
    phone: Encrypted<String>,
}

fn asked() {
    let _ = ProductRow::PHONE.eq("555");
}

fn main() {}
