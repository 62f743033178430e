//! A selection without a table.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.query(UserRow::EMAIL).all().await;
}

fn main() {}
