//! An entity where a row should stand.

#[allow(unused)]
mod tables;
use tables::*;

fn asked() {
    let _ = Schema::builder().table::<User>();
}

fn main() {}
