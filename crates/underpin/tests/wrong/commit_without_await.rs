//! A commit that nobody waits for.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: UnitOfWork<Db>) -> underpin::Result<()> {
    uow.commit()?;
    Ok(())
}

fn main() {}
