//! Copies of a database: reads go there, a unit of work does not. The copies are other databases here, so that it can be
//! seen who answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::sync::Arc;

use underpin::driver::{Access, Connection, Driver};
use underpin::prelude::*;
use underpin::{BoxFuture, Dialect, Error, ErrorKind, PoolStatus, Result, blocking};
use underpin_conformance::model::{Person, PersonRow, Suite};
use underpin_conformance::{Scratch, Target};

/// A database with one person, called as it is.
async fn called(target: Target, name: &str) -> (Scratch, Database<Suite>) {
    let scratch = target.scratch().await;
    let database = scratch.database::<Suite>().await;
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, name)).unwrap();
    uow.commit().await.unwrap();
    (scratch, database)
}

async fn name(database: &Database<Suite>) -> String {
    database.get::<Person>(1).await.unwrap().unwrap().name
}

/// A copy that nobody can reach.
#[derive(Debug)]
struct Down(&'static Dialect);

impl Driver for Down {
    fn dialect(&self) -> &'static Dialect {
        self.0
    }
    fn acquire(&self, _: Access) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async { Err(Error::new(ErrorKind::Connect, "nobody answers")) })
    }
    fn status(&self) -> PoolStatus {
        PoolStatus::default()
    }
    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

async fn reads_go_to_copies(target: Target) {
    let (primary_scratch, primary) = called(target, "primary").await;
    let (first_scratch, first) = called(target, "first").await;
    let (second_scratch, second) = called(target, "second").await;
    let database = primary.clone().replicas([&first_scratch.url, &second_scratch.url]).await.unwrap();

    let turns = [name(&database).await, name(&database).await, name(&database).await];
    assert_eq!(turns, ["first", "second", "first"]);
    assert_eq!(database.select::<Person>().all().await.unwrap()[0].name, "second");
    assert_eq!(database.query(PersonRow::NAME).from::<PersonRow>().all().await.unwrap(), ["first"]);
    let mut reads = database.read().await.unwrap();
    for _ in 0..2 {
        assert_eq!(reads.get::<Person>(1).await.unwrap().unwrap().name, "second");
    }
    reads.end().await.unwrap();

    assert_eq!(name(&database.fresh()).await, "primary");
    assert_eq!(database.fresh().select::<Person>().all().await.unwrap()[0].name, "primary");
    for _ in 0..2 {
        let mut uow = database.begin().await.unwrap();
        let mut person = uow.get::<Person>(1).await.unwrap().unwrap();
        assert_eq!(person.name, "primary");
        person.nickname = Some("written".to_owned());
        uow.save(&mut person).unwrap();
        uow.commit().await.unwrap();
    }
    assert_eq!(first.get::<Person>(1).await.unwrap().unwrap().nickname, None);

    let down = || Arc::new(Down(database.dialect())) as Arc<dyn Driver>;
    let half = primary.clone().with_replicas(vec![down(), Arc::clone(first.driver())]);
    assert_eq!([name(&half).await, name(&half).await], ["first", "first"]);
    assert_eq!(name(&primary.clone().with_replicas(vec![down(), down()])).await, "primary");

    let error = primary.clone().replicas(["memory:"]).await.unwrap_err();
    assert!(error.is_config(), "{error}");
    for each in [database, half, primary, first, second] {
        each.close().await;
    }
    for scratch in [primary_scratch, first_scratch, second_scratch] {
        scratch.drop_database().await;
    }
}

#[tokio::test]
async fn reads_go_to_copies_postgres() {
    reads_go_to_copies(Target::Postgres).await;
}

#[tokio::test]
async fn reads_go_to_copies_sqlite() {
    reads_go_to_copies(Target::Sqlite).await;
}

#[test]
fn reads_go_to_copies_blocking() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (primary, _) = runtime.block_on(called(Target::Sqlite, "primary"));
    let (copy, _) = runtime.block_on(called(Target::Sqlite, "copy"));
    let database = blocking::Database::<Suite>::connect(&primary.url).unwrap().replicas([&copy.url]).unwrap();
    assert_eq!(database.get::<Person>(1).unwrap().unwrap().name, "copy");
    assert_eq!(database.fresh().get::<Person>(1).unwrap().unwrap().name, "primary");
    let mut uow = database.begin().unwrap();
    assert_eq!(uow.get::<Person>(1).unwrap().unwrap().name, "primary");
    uow.rollback().unwrap();
}
