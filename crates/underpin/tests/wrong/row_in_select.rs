//! A row where an entity should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<UserRow>().all().await;
}

fn main() {}
