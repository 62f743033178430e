//! The answer is looked at before it is there.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) -> underpin::Result<()> {
    let user = uow.get::<User>(1)?;
    Ok(())
}

fn main() {}
