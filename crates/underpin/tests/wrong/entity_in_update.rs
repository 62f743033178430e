//! An entity where a row should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.update::<User>().set(UserRow::AGE, 1).filter(UserRow::ID.eq(1)).execute().await;
}

fn main() {}
