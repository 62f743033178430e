//! A parameter of SQL by hand has another type than it says.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ =
        db.query(UserRow::EMAIL).sql("SELECT email FROM users WHERE age = $1").bind::<i32>("18").all().await;
}

fn main() {}
