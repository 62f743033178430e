//! The pool: its limits, and that no connection comes out of it dirty.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use underpin_core::ColumnSet;
use underpin_sql::driver::{Access, Connection, Driver, TransactionOptions};

use crate::rows::{Rows, text};
use crate::scratch::{Scratch, fetch, insert, open, url, write};
use crate::tables::USERS;
use crate::transaction::user;

async fn pid(connection: &mut dyn Connection) -> String {
    connection.texts("SELECT pg_backend_pid()::text", &[]).await.unwrap()[0][0].clone().unwrap()
}

/// Waits until the server has no connection in this state left.
async fn settled(scratch: &Scratch, condition: &str) {
    let sql = format!(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid() AND {condition}",
        scratch.name
    );
    let watcher = open(&crate::scratch::maintenance()).await.unwrap();
    let mut connection = watcher.acquire(Access::Read).await.unwrap();
    for _ in 0..200 {
        if connection.texts(&sql, &[]).await.unwrap() == [[Some("0".to_owned())]] {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("still {condition}");
}

#[tokio::test]
async fn overflow_is_closed_when_it_comes_back() {
    let scratch = Scratch::with("pool_size=2&max_overflow=2&pool_timeout=0.2").await;
    let mut taken = Vec::new();
    for _ in 0..4 {
        taken.push(scratch.connection().await);
    }
    let error = scratch.driver.acquire(Access::Write).await.err().unwrap();
    assert!(error.is_pool_timeout() && error.to_string().contains("all 4 are in use"), "{error}");
    let status = scratch.status();
    assert_eq!((status.open, status.idle, status.limit), (4, 0, 4));
    drop(taken);
    let status = scratch.status();
    assert_eq!((status.open, status.idle, status.waiting), (2, 2, 0));
}

#[tokio::test]
async fn who_waits_gets_the_connection_that_comes_back() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0&pool_timeout=5").await;
    let mut first = scratch.connection().await;
    let before = pid(&mut *first).await;
    let (mut second, ()) = tokio::join!(scratch.connection(), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        drop(first);
    });
    assert_eq!(pid(&mut *second).await, before);
}

#[tokio::test]
async fn the_connection_returned_last_goes_out_first() {
    for (lifo, expected) in [("true", 1), ("false", 0)] {
        let scratch = Scratch::with(&format!("pool_size=2&max_overflow=0&pool_use_lifo={lifo}")).await;
        let (mut a, mut b) = (scratch.connection().await, scratch.connection().await);
        let pids = [pid(&mut *a).await, pid(&mut *b).await];
        drop(a);
        drop(b);
        assert_eq!(pid(&mut *scratch.connection().await).await, pids[expected], "lifo {lifo}");
    }
}

#[tokio::test]
async fn an_open_transaction_is_rolled_back_and_the_connection_kept() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0").await;
    let rows = Rows::new(&USERS, vec![user("a")]);
    let mut connection = scratch.connection().await;
    let before = pid(&mut *connection).await;
    connection.begin(TransactionOptions::new());
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], false).await.unwrap();
    drop(connection);
    let mut connection = scratch.connection().await;
    assert_eq!(pid(&mut *connection).await, before);
    assert!(fetch(&mut *connection, &USERS, None).await.unwrap().is_empty());
    // After an error, too.
    connection.begin(TransactionOptions::new());
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], false).await.unwrap();
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], false).await.unwrap_err();
    drop(connection);
    let mut connection = scratch.connection().await;
    assert_eq!(pid(&mut *connection).await, before);
    assert!(fetch(&mut *connection, &USERS, None).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_request_that_is_dropped_is_cancelled_and_its_connection_discarded() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0").await;
    let mut connection = scratch.connection().await;
    let before = pid(&mut *connection).await;
    let sleeping = connection.texts("SELECT pg_sleep(60)::text", &[]);
    assert!(tokio::time::timeout(Duration::from_millis(100), sleeping).await.is_err());
    let error = fetch(&mut *connection, &USERS, None).await.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("dropped"), "{error}");
    drop(connection);
    assert_ne!(pid(&mut *scratch.connection().await).await, before);
    settled(&scratch, "query LIKE '%pg_sleep%'").await;
}

#[tokio::test]
async fn connections_may_be_dropped_outside_the_runtime() {
    let scratch = Scratch::with("pool_size=2&max_overflow=0").await;
    let rows = Rows::new(&USERS, vec![user("a")]);
    let (mut open, mut busy) = (scratch.connection().await, scratch.connection().await);
    open.begin(TransactionOptions::new());
    write(&mut *open, vec![insert(&rows, ColumnSet::EMPTY)], false).await.unwrap();
    assert!(busy.texts("SELECT pg_sleep(0.2)::text", &[]).now_or_never().is_none());
    std::thread::spawn(move || drop((open, busy))).join().unwrap();
    assert_eq!(scratch.status().open, 1);
    assert_eq!(scratch.count(&USERS).await, 0);
}

#[tokio::test]
async fn a_commit_that_is_dropped_costs_the_connection() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0").await;
    let rows = Rows::new(&USERS, vec![user("a")]);
    let mut connection = scratch.connection().await;
    let before = pid(&mut *connection).await;
    connection.begin(TransactionOptions::new());
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], false).await.unwrap();
    assert!(connection.commit().now_or_never().is_none());
    drop(connection);
    assert_ne!(pid(&mut *scratch.connection().await).await, before);
    settled(&scratch, "state LIKE 'idle in%'").await;
}

#[tokio::test]
async fn a_panic_leaves_nothing_behind() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0").await;
    let rows = Rows::new(&USERS, vec![user("a")]);
    let work = async {
        let mut connection = scratch.connection().await;
        connection.begin(TransactionOptions::new());
        write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], false).await.unwrap();
        panic!("on purpose");
    };
    assert!(AssertUnwindSafe(work).catch_unwind().await.is_err());
    assert_eq!(scratch.count(&USERS).await, 0);
    assert_eq!(scratch.status().open, 1);
}

#[tokio::test]
async fn after_a_restart_of_the_server_the_next_check_out_works() {
    let scratch = Scratch::with("pool_size=3&max_overflow=0").await;
    let mut taken = Vec::new();
    for _ in 0..3 {
        taken.push(scratch.connection().await);
    }
    let mut last = taken.pop().unwrap();
    drop(taken);
    // All at once, as a restart does; this one learns of it in the middle of its work.
    let watcher = open(&crate::scratch::maintenance()).await.unwrap();
    let kill = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{}'",
        scratch.name
    );
    watcher.acquire(Access::Write).await.unwrap().texts(&kill, &[]).await.unwrap();
    let error = fetch(&mut *last, &USERS, None).await.unwrap_err();
    assert!(error.is_connection(), "{error}");
    let again = fetch(&mut *last, &USERS, None).await.unwrap_err();
    assert!(again.is_connection() && again.to_string().contains("earlier"), "{again}");
    drop(last);
    for _ in 0..3 {
        let mut connection = scratch.connection().await;
        assert!(fetch(&mut *connection, &USERS, None).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_connection_that_died_while_idle_is_not_handed_out() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0").await;
    let mut connection = scratch.connection().await;
    let before = pid(&mut *connection).await;
    drop(connection);
    let watcher = open(&crate::scratch::maintenance()).await.unwrap();
    let kill = format!("SELECT pg_terminate_backend({before}, 5000)");
    watcher.acquire(Access::Write).await.unwrap().texts(&kill, &[]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_ne!(pid(&mut *scratch.connection().await).await, before);
}

#[tokio::test]
async fn old_connections_are_replaced_and_pings_asked_for_are_made() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0&pool_recycle=0.1&pool_pre_ping=true").await;
    let mut connection = scratch.connection().await;
    let before = pid(&mut *connection).await;
    drop(connection);
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_ne!(pid(&mut *scratch.connection().await).await, before);
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_ended() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0").await;
    let driver =
        open(&url(&scratch.name, "pool_size=1&max_overflow=0&statement_timeout=1000")).await.unwrap();
    let mut connection = driver.acquire(Access::Read).await.unwrap();
    let error = connection.texts("SELECT pg_sleep(60)::text", &[]).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_retryable(), "{error}");
    assert!(fetch(&mut *connection, &USERS, Some(&[vec![text("a")]])).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_closed_pool_gives_nothing_out() {
    let scratch = Scratch::with("pool_size=2&max_overflow=0").await;
    let driver = open(&url(&scratch.name, "pool_size=2")).await.unwrap();
    let held = driver.acquire(Access::Read).await.unwrap();
    drop(driver.acquire(Access::Read).await.unwrap());
    driver.close().await;
    let error = driver.acquire(Access::Read).await.err().unwrap();
    assert!(error.is_usage() && error.to_string().contains("closed"), "{error}");
    drop(held);
    assert_eq!((driver.status().open, driver.status().idle), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tasks_share_few_connections() {
    let scratch = std::sync::Arc::new(Scratch::with("pool_size=3&max_overflow=2").await);
    let tasks: Vec<_> = (0..32)
        .map(|task| {
            let scratch = scratch.clone();
            tokio::spawn(async move {
                for n in 0..20 {
                    let rows = Rows::new(&USERS, vec![user(&format!("{task}-{n}"))]);
                    let mut connection = scratch.connection().await;
                    connection.begin(TransactionOptions::new());
                    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], n % 2 == 0).await.unwrap();
                    // Every other one is dropped in its transaction.
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(scratch.count(&USERS).await, 320);
    assert!(scratch.status().open <= 3, "{:?}", scratch.status());
}
