//! A query of two columns stands for a value.

#[allow(unused)]
mod tables;
use tables::*;
use underpin::query::scalar;

fn asked() {
    let _ = scalar(from::<UserRow>().select((UserRow::ID, UserRow::EMAIL)));
}

fn main() {}
