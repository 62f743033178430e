//! Rows are locked by a query that has no transaction.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().for_update();
}

fn main() {}
