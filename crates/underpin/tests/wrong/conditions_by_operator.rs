//! Conditions are joined by an operator of Rust.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(UserRow::AGE.gt(18) && UserRow::AGE.lt(30)).all().await;
}

fn main() {}
