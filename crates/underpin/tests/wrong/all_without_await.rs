//! The answer of a query is looked at before it is there.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) -> underpin::Result<()> {
    let users = db.select::<User>().all()?;
    Ok(())
}

fn main() {}
