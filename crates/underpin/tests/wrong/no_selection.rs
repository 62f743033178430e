//! A tuple with something that cannot be selected.

#[allow(unused)]
mod tables;
use tables::*;

fn asked(db: &Database<Db>) {
    let _ = db.query((UserRow::EMAIL, "age"));
}

fn main() {}
