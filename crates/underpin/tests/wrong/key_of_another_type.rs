//! An entity is asked for by a key of another type.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.get::<User>("one").await;
}

fn main() {}
