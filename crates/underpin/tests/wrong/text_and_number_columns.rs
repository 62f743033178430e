//! A column of text is compared with one of numbers.

#[allow(unused)]
mod tables;
use tables::*;

fn asked() {
    let _ = UserRow::AGE.eq_expr(UserRow::EMAIL);
}

fn main() {}
