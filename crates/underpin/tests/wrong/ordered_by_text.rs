//! Rows are ordered by the name of a column.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().order_by("email").all().await;
}

fn main() {}
