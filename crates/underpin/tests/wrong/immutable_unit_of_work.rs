//! A unit of work that may not change.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) -> underpin::Result<()> {
    let uow = db.begin().await?;
    let _ = uow.get::<User>(1).await?;
    Ok(())
}

fn main() {}
