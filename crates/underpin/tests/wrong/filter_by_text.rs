//! A condition as text.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter("age > 18").all().await;
}

fn main() {}
