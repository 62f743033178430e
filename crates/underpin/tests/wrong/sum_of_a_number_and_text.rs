//! A number and text are added.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.query(UserRow::AGE + UserRow::EMAIL).from::<UserRow>().all().await;
}

fn main() {}
