//! A condition as a function of Rust.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().filter(|user| user.age > 18).all().await;
}

fn main() {}
