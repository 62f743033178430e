//! A query is awaited that nobody runs.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) -> underpin::Result<()> {
    let users: Vec<User> = db.select::<User>().filter(UserRow::AGE.gt(18)).await?;
    Ok(())
}

fn main() {}
