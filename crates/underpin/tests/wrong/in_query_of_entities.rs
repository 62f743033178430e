//! A column is looked for among entities.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked() {
    let _ = UserRow::AGE.is_in_query(from::<UserRow>());
}

fn main() {}
