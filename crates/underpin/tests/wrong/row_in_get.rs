//! A row where an entity should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.get::<UserRow>(1).await;
}

fn main() {}
