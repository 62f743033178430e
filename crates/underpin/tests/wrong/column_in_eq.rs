//! A column where a plain value should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(UserRow::AGE.eq(UserRow::ID)).all().await;
}

fn main() {}
