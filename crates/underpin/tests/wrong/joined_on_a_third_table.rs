//! A join on a table that is not in the query.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let query = from::<OrderRow>().inner_join::<OrderRow>();
    let _ = query.on(OrderRow::USER.eq_expr(UserRow::ID));
}

fn main() {}
