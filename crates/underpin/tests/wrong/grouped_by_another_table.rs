//! Rows are grouped by a column of a table that is not in the query.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let query = db.query((OrderRow::USER, count())).from::<OrderRow>();
    let _ = query.group_by(UserRow::EMAIL).all().await;
}

fn main() {}
