//! A query inside of a query speaks of a table of the outer one that it does not declare.

#[allow(unused)]
mod tables;
use tables::*;
use underpin::query::exists;

async fn asked(db: &Database<Db>) {
    let orders = from::<OrderRow>().filter(OrderRow::USER.eq_expr(UserRow::ID));
    let _ = db.select::<User>().filter(exists(orders)).all().await;
}

fn main() {}
