//! More columns than a selection takes.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let id = UserRow::ID;
    let _ = db.query((id, id, id, id, id, id, id, id, id, id, id, id, id)).from::<UserRow>().all().await;
}

fn main() {}
