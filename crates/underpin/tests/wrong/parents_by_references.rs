//! References to keys where the keys themselves are taken.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, orders: &[OrderRow]) {
    let _ = uow.parents::<User>(orders.iter().map(|order| &order.user)).await;
}

fn main() {}
