//! An entity where a row should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.query(count()).from::<User>().all().await;
}

fn main() {}
