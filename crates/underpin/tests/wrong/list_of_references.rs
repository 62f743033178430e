//! A column is compared with references.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>, ages: &[i32]) {
    let _ = db.select::<User>().filter(UserRow::AGE.is_in(ages)).all().await;
}

fn main() {}
