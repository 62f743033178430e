//! Entities where rows should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, users: Vec<User>) {
    let _ = uow.insert_many(users).execute().await;
}

fn main() {}
