//! A pattern for a column of numbers.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(UserRow::AGE.like("1%")).all().await;
}

fn main() {}
