//! A column of a table that the query does not read.

#[allow(unused)]
mod tables;
use tables::*;

fn main() {
    let _ = from::<UserRow>().filter(OrderRow::ID.eq(3));
}
