//! An entity is asked for by a reference to its key.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.get::<User>(&1_i64).await;
}

fn main() {}
