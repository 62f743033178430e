//! An entity is saved that may not change.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, user: User) {
    let _ = uow.save(&user);
}

fn main() {}
