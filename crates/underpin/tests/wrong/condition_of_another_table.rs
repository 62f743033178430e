//! A condition is joined with one on another table.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(UserRow::AGE.gt(18).and(OrderRow::ID.eq(1))).all().await;
}

fn main() {}
