//! A database is asked for an entity by a key of another type.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.get::<User>("one").await;
}

fn main() {}
