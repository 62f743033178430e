//! An entity without a mapping is loaded as an aggregate.

#[allow(unused)]
mod tables;
use tables::*;

struct Customer(i64);

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.get::<Customer>(1).await;
}

fn main() {}
