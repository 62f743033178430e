//! A page behind a text.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().page(20, Some("abc")).await;
}

fn main() {}
