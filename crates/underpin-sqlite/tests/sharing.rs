//! Many users of one pool: who waits for whom, and that nobody inherits what another left behind.

mod fixture;

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use fixture::{Bomb, Grid, USERS, by_keys, count, insert, open, open_blocking, ready, user, write};
use underpin_core::{Datum, ErrorKind};
use underpin_sql::driver::{Access, Batch, Driver, TransactionOptions};
use underpin_sql::{Query, Select};

/// Polls a future once, so that its request is sent, and drops it.
async fn give_up<T>(future: impl Future<Output = T>) {
    let mut future = Box::pin(future);
    poll_fn(|context| {
        assert!(future.as_mut().poll(context).is_pending(), "there was nothing to give up");
        Poll::Ready(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_writes_while_others_read_what_was_committed() {
    let (driver, _folder) = open("?readers=3").await;
    let driver = Arc::new(driver);
    let mut writer = driver.acquire(Access::Write).await.unwrap();
    writer.begin(TransactionOptions::new());
    insert(&mut *writer, &USERS, vec![user("a", "a@x", 1)]).await;
    // Three at once, beside an open write transaction.
    let mut readers = Vec::new();
    for _ in 0..3 {
        readers.push(driver.acquire(Access::Read).await.unwrap());
    }
    for reader in &mut readers {
        assert_eq!(count(&mut **reader, "users").await, 0);
    }
    assert_eq!(driver.status().open, 4);
    writer.commit().await.unwrap();
    for reader in &mut readers {
        assert_eq!(count(&mut **reader, "users").await, 1);
    }
}

#[tokio::test]
async fn size_and_overflow_bound_the_writer_and_the_readers_together() {
    let pool = "pool_timeout=0.05&readers=4";
    for (options, readers) in [("pool_size=2&max_overflow=1", 2), ("pool_size=1&max_overflow=1", 1)] {
        let (driver, _folder) = open(&format!("?{pool}&{options}")).await;
        let driver = Arc::new(driver);
        let _writer = driver.acquire(Access::Write).await.unwrap();
        let mut held = Vec::new();
        for _ in 0..readers {
            held.push(driver.acquire(Access::Read).await.unwrap());
        }
        let error = driver.acquire(Access::Read).await.err().unwrap();
        assert!(matches!(error.kind(), ErrorKind::PoolTimeout { .. }), "{error}");
        assert_eq!((driver.status().open, driver.status().limit), (readers + 1, readers + 1));
    }
    // One connection does everything, one thing after the other.
    let (driver, _folder) = open(&format!("?{pool}&pool_size=1&max_overflow=0")).await;
    let driver = Arc::new(driver);
    let mut reader = driver.acquire(Access::Read).await.unwrap();
    assert_eq!(count(&mut *reader, "users").await, 0);
    let error = driver.acquire(Access::Write).await.err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::PoolTimeout { limit: 1 }), "{error}");
    drop(reader);
    let mut writer = driver.acquire(Access::Write).await.unwrap();
    insert(&mut *writer, &USERS, vec![user("a", "a@x", 1)]).await;
    drop(writer);
    let mut reader = driver.acquire(Access::Read).await.unwrap();
    assert_eq!(count(&mut *reader, "users").await, 1);
    assert_eq!(driver.status().open, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_take_turns_and_lose_nothing() {
    let (driver, _folder) = open("?synchronous=off").await;
    let driver = Arc::new(driver);
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    insert(&mut *connection, &USERS, vec![user("a", "a@x", 0)]).await;
    drop(connection);
    let reads = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (driver, reads) = (Arc::clone(&driver), Arc::clone(&reads));
            tokio::spawn(async move {
                for _ in 0..25 {
                    let mut writer = driver.acquire(Access::Write).await.unwrap();
                    writer.begin(TransactionOptions::new());
                    let old = by_keys(&mut *writer, &USERS, &["a"]).await.unwrap();
                    let change = Grid::new(&USERS, old);
                    let steps = [change.update(&[2])];
                    writer.write(&Batch { steps: &steps, commit: true }).await.unwrap();
                    drop(writer);
                    let mut reader = driver.acquire(Access::Read).await.unwrap();
                    assert_eq!(by_keys(&mut *reader, &USERS, &["a"]).await.unwrap().len(), 1);
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(reads.load(Ordering::Relaxed), 200);
    let mut reader = driver.acquire(Access::Read).await.unwrap();
    assert!(by_keys(&mut *reader, &USERS, &["a"]).await.unwrap()[0][4] == Datum::Int(200));
    drop(reader);
    let status = driver.status();
    assert_eq!((status.idle, status.waiting), (status.open, 0), "{status:?}");
}

#[tokio::test]
async fn a_dropped_transaction_is_rolled_back_before_the_next_user() {
    let (driver, _folder) = open("").await;
    for round in 0..50 {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", round)]).await;
        drop(connection);
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        assert!(by_keys(&mut *connection, &USERS, &["a"]).await.unwrap().is_empty());
    }
    assert_eq!(driver.status().open, 1);
}

#[tokio::test]
async fn a_dropped_future_leaves_no_trace() {
    let (driver, folder) = open("").await;
    let other = rusqlite::Connection::open(folder.path().join("test.db")).unwrap();
    for begun in [false, true] {
        // Keeps the request from being done before it is given up.
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let users =
            Grid::new(&USERS, (0..500).map(|n| user(&format!("u{n}"), &format!("{n}@x"), 1)).collect());
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        if begun {
            connection.begin(TransactionOptions::new());
        }
        let steps = [users.insert()];
        let batch = Batch { steps: &steps, commit: false };
        give_up(connection.write(&batch)).await;
        other.execute_batch("COMMIT").unwrap();
        let error = connection.commit().await.unwrap_err();
        assert!(error.is_usage() && error.to_string().contains("dropped before it was done"), "{error}");
        assert!(by_keys(&mut *connection, &USERS, &["u1"]).await.unwrap_err().is_usage());
        drop(connection);

        let mut connection = driver.acquire(Access::Write).await.unwrap();
        // What was sent ran to its end: it stands if it was a transaction of its own, and is gone if it was part of one.
        assert_eq!(count(&mut *connection, "users").await, if begun { 0 } else { 500 });
        connection.script("DELETE FROM users").await.unwrap();
    }
    let status = driver.status();
    assert_eq!(status.open, 1, "{status:?}");
}

#[tokio::test]
async fn a_batch_that_was_given_up_before_its_end_still_commits_or_not_as_a_whole() {
    let (driver, folder) = open("").await;
    let other = rusqlite::Connection::open(folder.path().join("test.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    connection.begin(TransactionOptions::new());
    let users = Grid::new(&USERS, vec![user("a", "a@x", 1), user("b", "b@x", 1)]);
    let steps = [users.insert()];
    let batch = Batch { steps: &steps, commit: true };
    give_up(connection.write(&batch)).await;
    drop(connection);
    other.execute_batch("COMMIT").unwrap();
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    assert_eq!(count(&mut *connection, "users").await, 2);
}

#[tokio::test]
async fn a_future_that_was_never_polled_was_never_sent() {
    let (driver, _folder) = open("").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    connection.begin(TransactionOptions::new());
    let users = Grid::new(&USERS, vec![user("a", "a@x", 1)]);
    let steps = [users.insert()];
    drop(connection.write(&Batch { steps: &steps, commit: true }));
    assert_eq!(count(&mut *connection, "users").await, 0);
    connection.commit().await.unwrap();
}

#[tokio::test]
async fn a_panic_in_a_row_costs_its_own_request_alone() {
    let (driver, _folder) = open("").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
    connection.begin(TransactionOptions::new());
    insert(&mut *connection, &USERS, vec![user("b", "b@x", 1)]).await;
    let all = Select::new(&USERS);
    let error = connection.fetch(&Query::Select(&all), Box::new(Bomb)).await.err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::ConnectionLost), "{error}");
    assert!(connection.rollback().await.unwrap_err().is_usage());
    drop(connection);
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    assert_eq!(count(&mut *connection, "users").await, 1);
    assert_eq!(driver.status().open, 1);
}

#[test]
fn a_panic_on_the_callers_thread_leaves_the_pool_whole() {
    let (driver, _folder) = open_blocking("");
    let mut connection = ready(driver.acquire(Access::Write)).unwrap();
    ready(insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]));
    drop(connection);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut connection = ready(driver.acquire(Access::Write)).unwrap();
        connection.begin(TransactionOptions::new());
        ready(insert(&mut *connection, &USERS, vec![user("b", "b@x", 1)]));
        let _ = ready(connection.fetch(&Query::Select(&Select::new(&USERS)), Box::new(Bomb)));
    }));
    assert!(panicked.is_err());
    let mut connection = ready(driver.acquire(Access::Write)).unwrap();
    assert_eq!(ready(count(&mut *connection, "users")), 1);
}

#[tokio::test]
async fn waiting_ends_at_the_pools_timeout() {
    let (driver, _folder) = open("?pool_timeout=0.05&readers=1").await;
    let _writer = driver.acquire(Access::Write).await.unwrap();
    let _reader = driver.acquire(Access::Read).await.unwrap();
    for access in [Access::Write, Access::Read] {
        let error = driver.acquire(access).await.err().unwrap();
        assert!(error.is_pool_timeout() && error.hint().is_some(), "{error}");
    }
    assert_eq!(driver.status().waiting, 0);
}

#[test]
fn waiting_ends_at_the_pools_timeout_in_blocking_use() {
    let (driver, _folder) = open_blocking("?pool_timeout=0.05");
    let writer = ready(driver.acquire(Access::Write)).unwrap();
    assert!(ready(driver.acquire(Access::Write)).err().unwrap().is_pool_timeout());
    drop(writer);
    ready(driver.acquire(Access::Write)).unwrap();
}

#[test]
fn threads_take_turns_in_blocking_use() {
    let (driver, _folder) = open_blocking("?synchronous=off");
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let driver = &driver;
            scope.spawn(move || {
                for row in 0..25 {
                    let name = format!("{thread}-{row}");
                    let mut writer = ready(driver.acquire(Access::Write)).unwrap();
                    ready(insert(&mut *writer, &USERS, vec![user(&name, &name, 1)]));
                    drop(writer);
                    let mut reader = ready(driver.acquire(Access::Read)).unwrap();
                    assert_eq!(ready(by_keys(&mut *reader, &USERS, &[&name])).unwrap().len(), 1);
                }
            });
        }
    });
    let mut reader = ready(driver.acquire(Access::Read)).unwrap();
    assert_eq!(ready(count(&mut *reader, "users")), 100);
}

#[tokio::test]
async fn waiters_are_served_in_their_order() {
    let (driver, _folder) = open("").await;
    let driver = Arc::new(driver);
    let held = driver.acquire(Access::Write).await.unwrap();
    let served = Arc::new(AtomicUsize::new(0));
    let mut tasks = Vec::new();
    for place in 0..5 {
        let (driver, served) = (Arc::clone(&driver), Arc::clone(&served));
        tasks.push(tokio::spawn(async move {
            let _connection = driver.acquire(Access::Write).await.unwrap();
            assert_eq!(served.fetch_add(1, Ordering::SeqCst), place);
        }));
        tokio::task::yield_now().await;
    }
    assert_eq!(driver.status().waiting, 5);
    // One who gives up does not hold up the others.
    tasks.remove(4).abort();
    drop(held);
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn a_closed_pool_gives_the_file_back_and_nothing_more() {
    let (driver, folder) = open("").await;
    let mut writer = driver.acquire(Access::Write).await.unwrap();
    insert(&mut *writer, &USERS, vec![user("a", "a@x", 1)]).await;
    drop(driver.acquire(Access::Read).await.unwrap());
    driver.close().await;
    assert!(driver.acquire(Access::Read).await.err().unwrap().is_usage());
    // Who has a connection may end his work.
    assert_eq!(count(&mut *writer, "users").await, 1);
    drop(writer);
    // The last connection takes the log with it. Its thread needs a moment.
    let log = folder.path().join("test.db-wal");
    for _ in 0..200 {
        if !log.exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(!log.exists());
    assert_eq!(driver.status().open, 0);
}

#[tokio::test]
async fn a_write_after_a_failed_one_starts_afresh() {
    let (driver, _folder) = open("").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    let twice = Grid::new(&USERS, vec![user("a", "a@x", 1), user("a", "a@x", 1)]);
    write(&mut *connection, &[twice.insert()]).await.unwrap_err();
    assert!(!connection.in_transaction());
    assert_eq!(count(&mut *connection, "users").await, 0);
    insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
}
