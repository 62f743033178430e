//! An entity is appended where a row should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, user: User) {
    uow.append(user);
}

fn main() {}
