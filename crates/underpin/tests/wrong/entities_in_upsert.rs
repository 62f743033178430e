//! Entities where rows should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, users: Vec<User>) {
    let _ = uow.upsert(users).on_conflict(UserRow::ID).update_all().execute().await;
}

fn main() {}
