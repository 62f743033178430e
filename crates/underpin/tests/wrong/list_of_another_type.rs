//! A column is compared with a list of another type.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(UserRow::AGE.is_in(["1", "2"])).all().await;
}

fn main() {}
