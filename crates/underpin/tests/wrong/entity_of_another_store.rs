//! An entity that is not mapped in this database.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<OtherDb>) {
    let _ = db.select::<User>();
}

fn main() {}
