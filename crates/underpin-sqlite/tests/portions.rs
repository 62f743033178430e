//! Many rows in bounded memory: streams that are read to their end or dropped early, and loads.

#![allow(clippy::unwrap_used)] // what fails here fails a test

mod fixture;

use fixture::{Bomb, Grid, Sink, USERS, all, count, everywhere, insert, text, user};
use underpin_core::{CellError, Encoder};
use underpin_sql::driver::{Access, Connection, Driver, TransactionOptions};
use underpin_sql::{CellOf, Lock, Query, Rows};

/// Users with numbers from 0 on, made while they are written.
struct Numbered {
    count: usize,
    /// The row whose name does not fit.
    broken: Option<usize>,
}

impl Rows for Numbered {
    fn len(&self) -> usize {
        self.count
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        match position {
            0 if self.broken == Some(row) => out.text(&"x".repeat(50)),
            0 => out.text(&format!("u{row:06}")),
            1 => out.i32(1),
            2 => out.text(&format!("{row}@x")),
            3 => out.null(),
            _ => out.i64(1),
        }
    }

    fn key_text(&self, row: usize) -> String {
        format!("u{row:06}")
    }
}

async fn load(connection: &mut dyn Connection, count: usize) {
    let rows = Numbered { count, broken: None };
    assert_eq!(connection.load(&USERS, &mut Some((USERS.all(), &rows))).await.unwrap(), count as u64);
}

#[test]
fn a_stream_gives_every_row_once_in_portions() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        load(&mut *connection, 2_500).await;
        for (portion, portions) in [(1_000, 3), (2_500, 1), (10_000, 1), (1_250, 2)] {
            let all = all(&USERS);
            let query = Query::Select(&all);
            let before = driver.status();
            let mut stream = connection.stream(&query).await.unwrap();
            let mut seen = Vec::new();
            loop {
                let (rows, more) = stream.next(Sink::boxed(&USERS), portion).await.unwrap();
                let rows = Sink::rows(rows);
                assert!(rows.len() <= portion);
                seen.extend(rows.into_iter().map(|mut row| row.swap_remove(0)));
                if !more {
                    break;
                }
            }
            assert!(seen == (0..2_500).map(|n| text(&format!("u{n:06}"))).collect::<Vec<_>>());
            let (rows, more) = stream.next(Sink::boxed(&USERS), portion).await.unwrap();
            assert!(Sink::rows(rows).is_empty() && !more);
            drop(stream);
            let after = driver.status();
            assert_eq!(after.round_trips - before.round_trips, portions);
            assert_eq!(after.statements - before.statements, 1);
        }
    });
}

#[test]
fn a_stream_dropped_early_frees_the_connection() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        load(&mut *connection, 3_000).await;
        let all = all(&USERS);
        let query = Query::Select(&all);
        drop(connection.stream(&query).await.unwrap());
        for _ in 0..5 {
            let mut stream = connection.stream(&query).await.unwrap();
            let (rows, more) = stream.next(Sink::boxed(&USERS), 10).await.unwrap();
            assert!(Sink::rows(rows).len() == 10 && more);
            drop(stream);
            // A statement that were still open would keep the table from being changed.
            connection.script("CREATE TABLE t (x); DROP TABLE t").await.unwrap();
        }
        drop(connection);
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        insert(&mut *connection, &USERS, vec![user("z", "z@x", 1)]).await;
        assert_eq!(driver.status().open, 1);
    });
}

#[test]
fn a_stream_sees_its_transaction_and_tells_of_its_failure() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        let all = all(&USERS);
        let query = Query::Select(&all);
        let mut stream = connection.stream(&query).await.unwrap();
        let (rows, more) = stream.next(Sink::boxed(&USERS), 10).await.unwrap();
        assert!(Sink::rows(rows) == [user("a", "a@x", 1)] && !more);
        drop(stream);
        connection.rollback().await.unwrap();

        // The first portion opens the transaction.
        connection.begin(TransactionOptions::new());
        let mut stream = connection.stream(&query).await.unwrap();
        stream.next(Sink::boxed(&USERS), 10).await.unwrap();
        drop(stream);
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        connection.commit().await.unwrap();
        assert_eq!(count(&mut *connection, "users").await, 1);

        connection.begin(TransactionOptions::new());
        connection.script("ALTER TABLE users RENAME TO people").await.unwrap();
        let mut stream = connection.stream(&query).await.unwrap();
        let error = stream.next(Sink::boxed(&USERS), 10).await.err().unwrap();
        assert!(error.to_string().contains("no such table: users"), "{error}");
        drop(stream);
        assert!(connection.texts("SELECT 1", &[]).await.unwrap_err().to_string().contains("aborted"));
    });
}

#[test]
fn a_stream_by_keys_gives_each_row_once() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        load(&mut *connection, 10).await;
        let keys = ["u000001", "u000007", "u000001", "nobody", "u000003"];
        let keys = Grid::new(&USERS, keys.iter().map(|key| vec![text(key)]).collect());
        let query = Query::Keys { table: &USERS, keys: &keys, lock: Lock::None };
        let mut stream = connection.stream(&query).await.unwrap();
        let (rows, more) = stream.next(Sink::boxed(&USERS), 2).await.unwrap();
        assert!(Sink::rows(rows).len() == 2 && more);
        let (rows, more) = stream.next(Sink::boxed(&USERS), 2).await.unwrap();
        assert!(Sink::rows(rows).len() == 1 && !more);
        drop(stream);
        assert!(!connection.in_transaction());
        insert(&mut *connection, &USERS, vec![user("z", "z@x", 1)]).await;
    });
}

#[test]
fn a_panic_in_a_streamed_row_costs_the_stream_alone() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        load(&mut *connection, 10).await;
        let all = all(&USERS);
        let query = Query::Select(&all);
        let mut stream = connection.stream(&query).await.unwrap();
        let error = stream.next(Box::new(Bomb), 5).await.err().unwrap();
        assert!(error.is_connection(), "{error}");
        drop(stream);
        drop(connection);
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        assert_eq!(count(&mut *connection, "users").await, 10);
    });
}

#[test]
fn a_load_is_all_or_nothing() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        // Several portions, the last of them not full.
        load(&mut *connection, 20_001).await;
        assert_eq!(count(&mut *connection, "users").await, 20_001);
        assert!(!connection.in_transaction());
        connection.script("DELETE FROM users WHERE id <> 'u019000'").await.unwrap();

        let error = connection
            .load(&USERS, &mut Some((USERS.all(), &Numbered { count: 20_001, broken: None })))
            .await
            .unwrap_err();
        assert!(error.is_unique_violation(), "{error}");
        assert_eq!(count(&mut *connection, "users").await, 1);
        let broken = Numbered { count: 20_001, broken: Some(18_000) };
        let error = connection.load(&USERS, &mut Some((USERS.all(), &broken))).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "load into users: column users.id: the text is longer than 36 characters"
        );
        assert!(!connection.in_transaction());
        assert_eq!(count(&mut *connection, "users").await, 1);

        // In a transaction it is part of it.
        connection.begin(TransactionOptions::new());
        load(&mut *connection, 100).await;
        assert!(connection.in_transaction());
        connection.rollback().await.unwrap();
        assert_eq!(count(&mut *connection, "users").await, 1);
        assert_eq!(
            connection
                .load(&USERS, &mut Some((USERS.all(), &Numbered { count: 0, broken: None })))
                .await
                .unwrap(),
            0
        );
    });
}
