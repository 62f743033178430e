//! A text is compared with a number.

#[allow(unused)]
mod tables;
use tables::*;

fn main() {
    let _ = UserRow::EMAIL.eq(3);
}
