//! Groups are left out by a column of a table that is not in the query.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let query = db.query(count()).from::<OrderRow>();
    let _ = query.having(UserRow::AGE.max().gt(1)).all().await;
}

fn main() {}
