//! A column is compared with nothing.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(UserRow::AGE.eq(None)).all().await;
}

fn main() {}
