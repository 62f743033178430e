//! A database of a type that declares no tables.

#[allow(unused)]
mod tables;
use tables::*;

struct Shop;

async fn asked() {
    let _ = Database::<Shop>::connect("sqlite::memory:").await;
}

fn main() {}
