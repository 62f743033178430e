//! Children are looked up by a column of another table.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.children::<User, _, _>(OrderRow::USER, [1, 2]).await;
}

fn main() {}
