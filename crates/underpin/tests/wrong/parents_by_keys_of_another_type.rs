//! The keys of parents have another type than their table's.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.parents::<User>(["one"]).await;
}

fn main() {}
