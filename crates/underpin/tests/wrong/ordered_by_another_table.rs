//! Rows are ordered by a column of a table that is not in the query.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().order_by(OrderRow::ID.asc()).all().await;
}

fn main() {}
