//! A table is joined twice without another name.

#[allow(unused)]
mod tables;
use tables::*;

fn main() {
    let _ = from::<UserRow>().inner_join::<UserRow>().on(UserRow::AGE.gt(18));
}
