//! A column that is no condition.

#[allow(unused)]
mod tables;
use tables::*;

fn main() {
    let _ = from::<UserRow>().filter(UserRow::AGE);
}
