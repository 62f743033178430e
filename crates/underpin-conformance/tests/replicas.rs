//! Copies of a database: reads go there, a unit of work does not. The copies are other databases here, so that it can be
//! seen who answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use underpin::driver::{Access, Batch, Connection, Driver, Position, Receive, RowStream};
use underpin::prelude::*;
use underpin::{
    BoxFuture, Dialect, Error, ErrorKind, OwnedRow, PoolStatus, Result, TableDef, TransactionOptions,
    blocking,
};
use underpin_conformance::model::{Person, PersonRow, Suite};
use underpin_conformance::{Scratch, Target};
use underpin_sql::{Change, Query, RowSource};

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

/// A copy that has come as far as its number says; what it holds is another database.
#[derive(Debug)]
struct At(Arc<dyn Driver>, Arc<AtomicU64>, Arc<AtomicU64>);

struct AtConnection(Box<dyn Connection>, Position, Arc<AtomicU64>);

impl Driver for At {
    fn dialect(&self) -> &'static Dialect {
        self.0.dialect()
    }
    fn acquire(&self, access: Access) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async move {
            let position = Position::of_log(self.1.load(Ordering::Relaxed));
            let inner = self.0.acquire(access).await?;
            Ok(Box::new(AtConnection(inner, position, Arc::clone(&self.2))) as Box<dyn Connection>)
        })
    }
    fn status(&self) -> PoolStatus {
        self.0.status()
    }
    fn close(&self) -> BoxFuture<'_, ()> {
        self.0.close()
    }
}

impl Connection for AtConnection {
    fn dialect(&self) -> &'static Dialect {
        self.0.dialect()
    }
    fn position(&mut self) -> BoxFuture<'_, Result<Position>> {
        self.2.fetch_add(1, Ordering::Relaxed);
        let position = self.1;
        Box::pin(async move { Ok(position) })
    }
    fn begin(&mut self, options: TransactionOptions) {
        self.0.begin(options);
    }
    fn in_transaction(&self) -> bool {
        self.0.in_transaction()
    }
    fn fetch<'a>(
        &'a mut self,
        query: &'a Query<'a>,
        rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<Box<dyn Receive>>> {
        self.0.fetch(query, rows)
    }
    fn stream<'a>(&'a mut self, query: &'a Query<'a>) -> BoxFuture<'a, Result<Box<dyn RowStream + 'a>>> {
        self.0.stream(query)
    }
    fn write<'a>(&'a mut self, batch: &'a Batch<'a>) -> BoxFuture<'a, Result<Vec<Vec<OwnedRow>>>> {
        self.0.write(batch)
    }
    fn change<'a>(
        &'a mut self,
        change: &'a Change<'a>,
        rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<(u64, Box<dyn Receive>)>> {
        self.0.change(change, rows)
    }
    fn load<'a>(
        &'a mut self,
        table: &'static TableDef,
        rows: &'a mut dyn RowSource,
    ) -> BoxFuture<'a, Result<u64>> {
        self.0.load(table, rows)
    }
    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        self.0.script(sql)
    }
    fn texts<'a>(
        &'a mut self,
        sql: &'a str,
        params: &'a [Option<&'a str>],
    ) -> BoxFuture<'a, Result<Vec<Vec<Option<String>>>>> {
        self.0.texts(sql, params)
    }
    fn commit(&mut self) -> BoxFuture<'_, Result<()>> {
        self.0.commit()
    }
    fn rollback(&mut self) -> BoxFuture<'_, Result<()>> {
        self.0.rollback()
    }
}

/// A read that asks for a position goes to a copy that has come as far, or to the database itself.
async fn reads_wait_for_no_copy_that_is_behind(target: Target) {
    let (primary_scratch, primary) = called(target, "primary").await;
    let (slow_scratch, slow) = called(target, "slow").await;
    let (quick_scratch, quick) = called(target, "quick").await;
    let [slow_at, quick_at, asked] = [5, 5, 0].map(|number| Arc::new(AtomicU64::new(number)));
    let at = |driver: &Arc<dyn Driver>, position: &Arc<AtomicU64>| {
        Arc::new(At(Arc::clone(driver), Arc::clone(position), Arc::clone(&asked))) as Arc<dyn Driver>
    };
    let copies = vec![at(slow.driver(), &slow_at), at(quick.driver(), &quick_at)];
    let database = primary.clone().with_replicas(copies);
    let far = database.at_least(Position::of_log(9));
    assert_eq!([name(&far).await, name(&far).await], ["primary", "primary"]);
    assert_eq!(asked.swap(0, Ordering::Relaxed), 4, "both were asked, twice");
    quick_at.store(9, Ordering::Relaxed);
    assert_eq!([name(&far).await, name(&far).await], ["quick", "quick"]);
    assert_eq!(asked.swap(0, Ordering::Relaxed), 2, "the slow one was asked once more, the quick one once");
    let mut reads = far.read().await.unwrap();
    assert_eq!(reads.get::<Person>(1).await.unwrap().unwrap().name, "quick");
    reads.end().await.unwrap();
    // Nobody asks for a position: any copy will do.
    let turns = [name(&database).await, name(&database).await];
    assert!(turns.contains(&"slow".to_owned()) && turns.contains(&"quick".to_owned()), "{turns:?}");
    assert_eq!(name(&database.at_least(Position::UNKNOWN)).await, "primary");
    for each in [primary, slow, quick] {
        each.close().await;
    }
    for scratch in [primary_scratch, slow_scratch, quick_scratch] {
        scratch.drop_database().await;
    }
}

#[tokio::test]
async fn reads_wait_for_no_copy_that_is_behind_postgres() {
    reads_wait_for_no_copy_that_is_behind(Target::Postgres).await;
}

#[tokio::test]
async fn reads_wait_for_no_copy_that_is_behind_sqlite() {
    reads_wait_for_no_copy_that_is_behind(Target::Sqlite).await;
}

/// A commit moves the position on; what keeps no count says so.
#[tokio::test]
async fn positions_move_on() {
    let (scratch, database) = called(Target::Postgres, "a").await;
    let before = database.position().await.unwrap();
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(2, "b")).unwrap();
    uow.commit().await.unwrap();
    let after = database.position().await.unwrap();
    assert!(after.reaches(before) && !before.reaches(after), "{before} {after}");
    assert_eq!(after.to_string().parse::<Position>().unwrap(), after);
    // A server that is a copy of itself has come as far as it has come.
    let own = database.clone().replicas([&scratch.url]).await.unwrap();
    let before = database.status().statements;
    assert_eq!(name(&own.at_least(after)).await, "a");
    assert_eq!(database.status().statements, before, "the copy answered");
    for each in [own, database] {
        each.close().await;
    }
    scratch.drop_database().await;
    let (scratch, database) = called(Target::Sqlite, "a").await;
    assert_eq!(database.position().await.unwrap(), Position::UNKNOWN);
    scratch.drop_database().await;
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
