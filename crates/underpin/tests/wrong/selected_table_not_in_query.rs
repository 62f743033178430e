//! A column is selected of a table that the query does not read.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.query((UserRow::EMAIL, OrderRow::ID)).from::<UserRow>().all().await;
}

fn main() {}
