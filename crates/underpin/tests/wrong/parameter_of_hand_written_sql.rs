//! A parameter of another type.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.query(UserRow::ID).sql("SELECT id FROM users WHERE age > $1").bind::<i64>("18").all().await;
}

fn main() {}
