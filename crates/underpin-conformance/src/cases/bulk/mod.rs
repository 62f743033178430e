//! Many rows at once.

mod changes;
mod flush;
mod insert;
mod known;
mod upsert;

pub use changes::*;
pub use flush::*;
pub use insert::*;
pub use known::*;
pub use upsert::*;

use underpin::{Database, Entity};

use crate::model::{Person, PersonRow, Suite};

fn row(id: i64) -> PersonRow {
    Person::new(id, &format!("person {id}")).to_row()
}

/// Ten persons, numbered from one.
async fn ten(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    assert_eq!(uow.insert_many((1..=10).map(row)).execute().await.unwrap(), 10);
    uow.commit().await.unwrap();
}

async fn person(database: &Database<Suite>, id: i64) -> Person {
    database.get::<Person>(id).await.unwrap().unwrap()
}
