//! A column is compared by an operator of Rust.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(UserRow::AGE == 18).all().await;
}

fn main() {}
