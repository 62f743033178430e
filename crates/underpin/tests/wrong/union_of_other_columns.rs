//! A union with other columns.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let users = db.query(UserRow::EMAIL).from::<UserRow>();
    let _ = users.union(from::<OrderRow>().select(OrderRow::ID)).all().await;
}

fn main() {}
