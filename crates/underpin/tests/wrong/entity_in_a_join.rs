//! An entity where a row should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().inner_join::<User>().on(UserRow::ID.eq_expr(UserRow::ID)).all().await;
}

fn main() {}
