//! An entity that is not mapped in this database is asked for.

#[allow(unused)]
mod tables;
use tables::*;

struct Empty;

impl Store for Empty {
    fn schema() -> SchemaBuilder {
        Schema::builder()
    }
}

async fn asked(db: &Database<Empty>) {
    let _ = db.select::<User>().filter(UserRow::ID.eq(1)).limit(1).all().await;
}

fn main() {}
