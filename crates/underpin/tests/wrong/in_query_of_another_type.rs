//! A column is looked for among values of another type.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked() {
    let _ = UserRow::AGE.is_in_query(from::<UserRow>().select(UserRow::EMAIL));
}

fn main() {}
