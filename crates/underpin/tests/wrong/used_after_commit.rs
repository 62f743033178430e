//! A unit of work is used after its end.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(mut uow: UnitOfWork<Db>, mut user: User) -> underpin::Result<()> {
    uow.commit().await?;
    uow.save(&mut user)
}

fn main() {}
