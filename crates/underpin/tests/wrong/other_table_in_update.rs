//! A column of another table is set.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.update::<UserRow>().set(OrderRow::USER, 3).all_rows().execute().await;
}

fn main() {}
