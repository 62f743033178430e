//! A future that is dropped at any await point, a panic, a connection closed by the server: the pool stays healthy,
//! nothing is half-written, no connection leaks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::pin::pin;
use std::time::Duration;

use underpin::{Database, Entity, Result};
use underpin_conformance::model::{Person, PersonRow, Suite, Team};
use underpin_conformance::random::contents;
use underpin_conformance::{AtMost, Scratch, Target};

/// A unit of work with every kind of request in it. All of its rows carry the number.
async fn work(database: &Database<Suite>, number: i64) -> Result<()> {
    let mut uow = database.begin().await?;
    let mut root = uow.get::<Person>(0).await?.expect("the root is there");
    root.nickname = Some(format!("work {number}"));
    uow.save(&mut root)?;
    uow.flush().await?;
    for i in 1..=3 {
        uow.add(&mut Person::new(number * 10 + i, &format!("p{number} {i}")))?;
    }
    let savepoint = uow.savepoint().await?;
    uow.add(&mut Team { id: number, name: format!("lost {number}"), lead: None, version: 1 })?;
    uow.flush().await?;
    uow.rollback_to(savepoint).await?;
    uow.add(&mut Team { id: number, name: format!("t{number}"), lead: Some(0), version: 1 })?;
    let _ = uow.select::<Person>().filter(PersonRow::ID.gt(0)).limit(5).all().await?;
    uow.commit().await
}

/// Whether the work with this number is there whole; panics if it is there in part.
async fn whole(database: &Database<Suite>, number: i64) -> bool {
    let held = contents(database).await.expect("the pool is healthy");
    let persons = (1..=3).filter(|i| held.persons.contains_key(&(number * 10 + i))).count();
    let team = held.teams.contains_key(&number);
    let root = held.persons[&0].1.as_deref() == Some(format!("work {number}").as_str());
    let events = held.events.iter().filter(|(_, id)| *id / 10 == number && *id > 0).count();
    assert!(
        (persons, team, root, events) == (0, false, false, 0)
            || (persons, team, root, events) == (3, true, true, 3),
        "work {number} is there in part: {persons} persons, team {team}, root {root}, {events} events"
    );
    team
}

async fn prepared(scratch: &Scratch) -> Database<Suite> {
    drop(scratch.database::<Suite>().await);
    // One connection: if it leaked, or came back dirty, everything after it would fail or hang.
    let database = scratch.connect_with::<Suite>("pool_size=1&max_overflow=0&pool_timeout=10").await;
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person { events: Vec::new(), ..Person::new(0, "root") }).unwrap();
    uow.commit().await.unwrap();
    database
}

const POLLS: u32 = 30;
const ROUNDS: u32 = 4;

async fn dropped_at_every_await_point(target: Target) {
    let scratch = target.scratch().await;
    let database = prepared(&scratch).await;
    let (mut dropped, mut finished) = (0, 0);
    // More polls than the work has await points, several times over: an answer that is there at the first poll is no
    // await point in that round.
    for round in 0..POLLS * ROUNDS {
        let number = i64::from(round + 1);
        let outcome = {
            let future = pin!(work(&database, number));
            AtMost { future, polls: 1 + round % POLLS }.await
        };
        match outcome {
            // The work before was dropped while its COMMIT was under way, and the server finished it only now.
            Some(Err(error)) if error.is_stale() => assert!(!whole(&database, number).await),
            Some(outcome) => {
                outcome.expect("work that is not dropped succeeds");
                assert!(whole(&database, number).await);
                finished += 1;
            }
            None => {
                whole(&database, number).await;
                dropped += 1;
            }
        }
    }
    assert!(dropped >= 8 && finished >= 1, "{dropped} were dropped, {finished} finished");
    close(database, scratch).await;
}

async fn close(database: Database<Suite>, scratch: Scratch) {
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}

#[tokio::test]
async fn dropped_at_every_await_point_postgres() {
    dropped_at_every_await_point(Target::Postgres).await;
}

#[tokio::test]
async fn dropped_at_every_await_point_sqlite() {
    dropped_at_every_await_point(Target::Sqlite).await;
}

/// A unit of work of every verb for many rows. It leaves 1,699 persons whose numbers begin with its own.
async fn many(database: &Database<Suite>, number: i64) -> Result<()> {
    let row = |id| Person::new(number * 10_000 + id, &format!("p{number} {id}")).to_row();
    let ours = || PersonRow::ID.between(number * 10_000, number * 10_000 + 9_999);
    let mut uow = database.begin().await?;
    uow.insert_many((0..1_500).map(row)).execute().await?;
    uow.insert_many((1_500..1_600).map(row)).returning(PersonRow::ID).execute().await?;
    uow.upsert((1_550..1_700).map(row)).on_conflict(PersonRow::ID).update(PersonRow::NAME).execute().await?;
    uow.update::<PersonRow>().set(PersonRow::BOSS, Some(0)).filter(ours()).execute().await?;
    uow.delete::<PersonRow>().filter(PersonRow::ID.eq(number * 10_000)).execute().await?;
    uow.commit().await
}

async fn many_dropped_at_every_await_point(target: Target) {
    let scratch = target.scratch().await;
    let database = prepared(&scratch).await;
    let (mut dropped, mut finished) = (0, 0);
    for round in 0..40 {
        let number = round + 1;
        let outcome = {
            let future = pin!(many(&database, number));
            AtMost { future, polls: 1 + u32::try_from(round).unwrap() }.await
        };
        let of = PersonRow::ID.between(number * 10_000, number * 10_000 + 9_999);
        let mut uow = database.begin().await.expect("the pool is healthy");
        // Waits for what a dropped COMMIT may still be doing.
        let found = uow.select::<Person>().filter(of).for_update().all().await.expect("the pool is healthy");
        uow.rollback().await.unwrap();
        assert!(found.is_empty() || found.len() == 1_699, "{} rows of round {round}", found.len());
        match outcome {
            Some(outcome) => {
                outcome.expect("work that is not dropped succeeds");
                assert!(found.iter().all(|person| person.boss == Some(0)) && !found.is_empty());
                finished += 1;
            }
            None => dropped += 1,
        }
    }
    assert!(dropped >= 4, "{dropped} were dropped, {finished} finished");
    many(&database, 99).await.expect("the pool is healthy");
    close(database, scratch).await;
}

#[tokio::test]
async fn many_dropped_at_every_await_point_postgres() {
    many_dropped_at_every_await_point(Target::Postgres).await;
}

#[tokio::test]
async fn many_dropped_at_every_await_point_sqlite() {
    many_dropped_at_every_await_point(Target::Sqlite).await;
}

async fn panic_inside(target: Target) {
    let scratch = target.scratch().await;
    let database = prepared(&scratch).await;
    for round in 1..=20 {
        let inside = database.clone();
        let task = tokio::spawn(async move {
            let mut uow = inside.begin().await.unwrap();
            uow.add(&mut Person::new(round * 10 + 1, &format!("p{round}"))).unwrap();
            if round % 2 == 0 {
                uow.flush().await.unwrap();
            }
            panic!("as planned");
        });
        assert!(task.await.unwrap_err().is_panic());
        assert!(!whole(&database, round).await);
    }
    work(&database, 99).await.unwrap();
    assert!(whole(&database, 99).await);
    close(database, scratch).await;
}

#[tokio::test]
async fn panic_inside_postgres() {
    panic_inside(Target::Postgres).await;
}

#[tokio::test]
async fn panic_inside_sqlite() {
    panic_inside(Target::Sqlite).await;
}

/// Ends every other session of this database from a connection of its own.
async fn close_all_sessions(scratch: &Scratch) {
    let (client, connection) = tokio_postgres::connect(&scratch.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE datname = current_database() AND pid <> pg_backend_pid()";
    client.simple_query(statement).await.unwrap();
}

#[tokio::test]
async fn connection_closed_by_the_server() {
    let scratch = Target::Postgres.scratch().await;
    let database = prepared(&scratch).await;
    for number in 1..=5 {
        let mut uow = database.begin().await.unwrap();
        uow.add(&mut Person::new(number * 10 + 1, &format!("p{number}"))).unwrap();
        uow.flush().await.unwrap();
        close_all_sessions(&scratch).await;
        uow.add(&mut Person::new(number * 10 + 2, &format!("q{number}"))).unwrap();
        let error = uow.commit().await.unwrap_err();
        assert!(error.is_connection(), "{error:?}");
        // The next caller gets a connection that works, without a failure of its own.
        assert!(!whole(&database, number).await);

        // Closed while it was idle in the pool: at most one request notices.
        close_all_sessions(&scratch).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!whole(&database, number).await);
    }
    work(&database, 77).await.unwrap();
    assert!(whole(&database, 77).await);
    close(database, scratch).await;
}
