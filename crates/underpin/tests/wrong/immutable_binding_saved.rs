//! An entity is loaded as a constant, and saved.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) -> underpin::Result<()> {
    let user = uow.get::<User>(1).await?.unwrap();
    uow.save(&mut user)
}

fn main() {}
