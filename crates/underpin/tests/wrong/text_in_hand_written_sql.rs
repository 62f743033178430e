//! A text that is not one of the program.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>, name: &str) {
    let _ = db.query(UserRow::ID).sql(&format!("SELECT id FROM {name}")).all().await;
}

fn main() {}
