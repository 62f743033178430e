//! The sum of a column of text.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.query(UserRow::EMAIL.sum()).from::<UserRow>().all().await;
}

fn main() {}
