//! A plain value where an expression should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(UserRow::AGE.eq_expr(18)).all().await;
}

fn main() {}
