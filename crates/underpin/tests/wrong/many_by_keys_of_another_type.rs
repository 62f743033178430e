//! Entities are asked for by keys of another type.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.get_many::<User>(["one"]).await;
}

fn main() {}
