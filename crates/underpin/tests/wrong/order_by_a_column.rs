//! An order without a direction.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().order_by(UserRow::AGE).all().await;
}

fn main() {}
