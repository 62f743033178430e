//! An entity that is not mapped in this database is added.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<OtherDb>, mut user: User) {
    let _ = uow.add(&mut user);
}

fn main() {}
