//! A save of aggregates that is dropped at any await point leaves all of it or nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::pin::pin;

use underpin::{Database, Isolation, Result, TransactionOptions};
use underpin_conformance::model::{Album, AlbumRow, Cover, Disc, Order, Suite};
use underpin_conformance::{AtMost, Target};

/// Exchanges all lines of the order, and adds an album whose keys the database makes. All of it carries the number.
async fn work(database: &Database<Suite>, number: i64) -> Result<()> {
    let mut uow = database.begin().await?;
    let mut order = uow.get::<Order>(1).await?.expect("the order is there");
    let lines = Order::filled(number + 1, 2, 2).lines;
    order = Order { lines, customer: number.to_string(), ..order };
    uow.save(&mut order)?;
    let discs = vec![Disc { number: 1, tracks: Vec::new() }];
    let covers = vec![Cover { id: None, prints: vec![1, 2] }];
    uow.add(&mut Album { id: None, title: number.to_string(), discs, covers })?;
    uow.commit().await
}

/// The number that the order carries; panics if anything else carries another one.
async fn whole(database: &Database<Suite>) -> i64 {
    let options = TransactionOptions::new().isolation(Isolation::RepeatableRead);
    let mut uow = database.begin_with(options).await.expect("the pool is healthy");
    let order = uow.get::<Order>(1).await.unwrap().expect("the order is there");
    let number: i64 = order.customer.parse().unwrap();
    assert_eq!(order.lines, Order::filled(number + 1, 2, 2).lines, "work {number} is there in part");
    let albums = uow.select::<Album>().filter(AlbumRow::TITLE.eq(number.to_string())).all().await.unwrap();
    assert_eq!(albums.len(), usize::from(number > 0), "work {number} is there in part");
    for album in albums {
        assert_eq!((album.discs.len(), album.covers.len()), (1, 1));
        assert_eq!(album.covers[0].prints, [1, 2]);
    }
    uow.rollback().await.unwrap();
    number
}

async fn dropped_at_every_await_point(target: Target) {
    let scratch = target.scratch().await;
    drop(scratch.database::<Suite>().await);
    let database = scratch.connect_with::<Suite>("pool_size=1&max_overflow=0&pool_timeout=10").await;
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Order { customer: "0".to_owned(), ..Order::filled(1, 2, 2) }).unwrap();
    uow.commit().await.unwrap();
    let (mut dropped, mut finished) = (0, 0);
    for round in 0..120 {
        let number = i64::from(round) + 1;
        let outcome = {
            let future = pin!(work(&database, number));
            AtMost { future, polls: 1 + round % 30 }.await
        };
        match outcome {
            // The work before was dropped while its COMMIT was under way, and the server finished it only now.
            Some(Err(error)) if error.is_stale() => {
                whole(&database).await;
            }
            Some(outcome) => {
                outcome.expect("work that is not dropped succeeds");
                assert_eq!(whole(&database).await, number);
                finished += 1;
            }
            None => {
                whole(&database).await;
                dropped += 1;
            }
        }
    }
    assert!(dropped >= 8 && finished >= 1, "{dropped} were dropped, {finished} finished");
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
