//! A join that does not say what belongs together.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db.select::<User>().inner_join::<OrderRow>().all().await;
}

fn main() {}
