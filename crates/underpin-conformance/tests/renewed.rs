//! Columns that each update sets are set by an update of many rows, too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::sync::atomic::{AtomicI64, Ordering};

use underpin::prelude::*;
use underpin::{Auto, Codec};
use underpin_conformance::Target;

/// What the program's clock shows: it goes on whenever it is looked at.
static CLOCK: AtomicI64 = AtomicI64::new(100);

fn now() -> i64 {
    CLOCK.fetch_add(1, Ordering::Relaxed)
}

/// A number that is stored as its double.
#[derive(Debug)]
struct Doubled;

impl Codec<i32> for Doubled {
    type Stored = i32;

    fn store(value: &i32) -> i32 {
        value * 2
    }

    fn load(stored: i32) -> Result<i32, underpin::CellError> {
        Ok(stored / 2)
    }
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "stamps")]
struct StampRow {
    #[column(primary_key)]
    id: i64,
    text: String,
    #[column(on_update = now())]
    changed: i64,
    #[column(default = 0, on_update = now())]
    made: Auto<i64>,
    #[column(via = Doubled, on_update = 21)]
    halved: i32,
}

#[derive(Table)]
#[table(name = "counted")]
struct CountedRow {
    #[column(primary_key)]
    id: i64,
    text: String,
    #[column(on_update = self.touched + 1)]
    touched: i32,
}

struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<StampRow>().table::<CountedRow>()
    }
}

fn stamp(id: i64) -> StampRow {
    StampRow { id, text: "a".to_owned(), changed: 0, made: Auto::Set(0), halved: 0 }
}

async fn stamps(uow: &mut UnitOfWork<Db>) -> Vec<(i64, String, i64, i64, i32)> {
    let columns = (StampRow::ID, StampRow::TEXT, StampRow::CHANGED, StampRow::MADE, StampRow::HALVED);
    uow.query(columns).from::<StampRow>().order_by(StampRow::ID.asc()).all().await.unwrap()
}

async fn renewed(target: Target) {
    let scratch = target.scratch().await;
    let database = scratch.database::<Db>().await;
    let mut uow = database.begin().await.unwrap();
    uow.insert_many([stamp(1), stamp(2), stamp(3)]).execute().await.unwrap();
    let before = now();
    let changed = uow.update::<StampRow>().set(StampRow::TEXT, "b").filter(StampRow::ID.le(2)).execute();
    assert_eq!(changed.await.unwrap(), 2);
    let found = stamps(&mut uow).await;
    assert!(found[..2].iter().all(|row| row.2 > before && row.3 > before && row.4 == 42), "{found:?}");
    assert_eq!(found[2], (3, "a".to_owned(), 0, 0, 0));

    // What is set by the caller counts.
    let update = uow.update::<StampRow>().set(StampRow::CHANGED, 7).filter(StampRow::ID.eq(3));
    assert_eq!(update.execute().await.unwrap(), 1);
    let third = stamps(&mut uow).await.pop().unwrap();
    assert!(third.2 == 7 && third.3 > before, "{third:?}");

    // A row that takes over one column takes over what is set at each update.
    let new = StampRow { changed: 8, text: "c".to_owned(), ..stamp(3) };
    uow.upsert([new]).on_conflict(StampRow::ID).update(StampRow::TEXT).execute().await.unwrap();
    let third = stamps(&mut uow).await.pop().unwrap();
    assert_eq!((third.1.as_str(), third.2), ("c", 8));
    uow.upsert([stamp(3)]).on_conflict(StampRow::ID).do_nothing().execute().await.unwrap();
    assert_eq!(stamps(&mut uow).await.pop().unwrap(), third);

    // No row, no `self`.
    let row = CountedRow { id: 1, text: "a".to_owned(), touched: 5 };
    uow.insert_many([row]).execute().await.unwrap();
    let error = uow.update::<CountedRow>().set(CountedRow::TEXT, "b").all_rows().execute().await.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("counted does not set touched"), "{error}");
    let update = uow.update::<CountedRow>().set(CountedRow::TEXT, "b");
    update.set_expr(CountedRow::TOUCHED, CountedRow::TOUCHED).all_rows().execute().await.unwrap();
    let new = CountedRow { id: 1, text: "c".to_owned(), touched: 0 };
    uow.upsert([new]).on_conflict(CountedRow::ID).update(CountedRow::TEXT).execute().await.unwrap();
    let found = uow.query((CountedRow::TEXT, CountedRow::TOUCHED)).from::<CountedRow>().all().await.unwrap();
    assert_eq!(found, [("c".to_owned(), 5)]);
    uow.rollback().await.unwrap();
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}

#[tokio::test]
async fn renewed_on_postgres() {
    renewed(Target::Postgres).await;
}

#[tokio::test]
async fn renewed_on_sqlite() {
    renewed(Target::Sqlite).await;
}

#[tokio::test]
async fn renewed_in_memory() {
    renewed(Target::Memory).await;
}
