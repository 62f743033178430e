//! Failures of the database become errors with the facts that it gives, and never with a value.

mod fixture;

use std::time::{Duration, Instant};

use fixture::{EVENTS, Grid, USERS, count, everywhere, insert, open, text, user, write};
use underpin_core::{ColumnSet, Datum, ErrorKind, Result};
use underpin_sql::driver::{Access, Batch, ConnectOptions, Connection, Driver, TransactionOptions};
use underpin_sql::{Comparison, Param, Query, Select, Tree, WriteKind};
use underpin_sqlite::SqliteDriver;

async fn insert_user(connection: &mut dyn Connection, user: Vec<Datum>) -> Result<()> {
    write(connection, &[Grid::new(&USERS, vec![user]).insert()]).await.map(drop)
}

async fn insert_event(connection: &mut dyn Connection, of: &str) -> Result<()> {
    let event = Grid::new(&EVENTS, vec![vec![Datum::Null, text(of), Datum::Json("{}".into()), Datum::Null]]);
    write(connection, &[event.write(WriteKind::Insert, ColumnSet::of(&[1, 2]), ColumnSet::EMPTY)])
        .await
        .map(drop)
}

#[test]
fn violations_tell_what_sqlite_knows() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let connection = &mut *connection;
        insert(connection, &USERS, vec![user("hunter2", "secret@x", 1)]).await;

        let error = insert_user(connection, user("hunter2", "b@x", 1)).await.unwrap_err();
        assert!(error.is_unique_violation() && error.table() == Some("users"), "{error}");
        assert_eq!((error.columns(), error.constraint()), (&["id".to_owned()][..], None));

        let error = insert_user(connection, user("b", "secret@x", 1)).await.unwrap_err();
        assert!(error.is_unique_violation() && error.table() == Some("users"), "{error}");
        // The index over an expression is checked first, and SQLite knows its name.
        let by_index = error.constraint() == Some("ix_users_lower_email") && error.columns().is_empty();
        assert!(by_index || error.columns() == ["email", "tenant"], "{error} {:?}", error.columns());
        assert!(!format!("{error:?}").contains("secret"));

        let error = insert_user(connection, user("b", "SECRET@x", 1)).await.unwrap_err();
        assert!(error.is_unique_violation() && error.constraint() == Some("ix_users_lower_email"), "{error}");

        let mut young = user("b", "b@x", 1);
        young[3] = Datum::Int(-4711);
        let error = insert_user(connection, young).await.unwrap_err();
        assert!(error.is_check_violation() && error.table() == Some("users"), "{error}");
        assert_eq!(error.constraint(), Some("ck_users_age"));
        assert!(!format!("{error:?}").contains("4711"));

        let mut nameless = user("b", "b@x", 1);
        nameless[2] = Datum::Null;
        let error = insert_user(connection, nameless).await.unwrap_err();
        assert!(error.is_not_null_violation(), "{error}");
        assert_eq!((error.table(), error.column()), (Some("users"), Some("email")));

        let error = insert_event(connection, "nobody").await.unwrap_err();
        assert!(error.is_foreign_key_violation() && error.table() == Some("events"), "{error}");
        insert_event(connection, "hunter2").await.unwrap();
        let gone = Grid::new(&USERS, vec![user("hunter2", "", 1)]);
        let error = write(connection, &[gone.delete()]).await.unwrap_err();
        assert!(error.is_foreign_key_violation() && error.table() == Some("users"), "{error}");
    });
}

#[test]
fn a_constraint_checked_at_commit_fails_the_commit() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let connection = &mut *connection;
        for in_batch in [true, false] {
            connection.begin(TransactionOptions::new());
            connection.script("PRAGMA defer_foreign_keys = ON").await.unwrap();
            insert_event(connection, "nobody").await.unwrap();
            let committed = if in_batch {
                let some = Grid::new(&USERS, vec![user("a", "a@x", 1)]);
                connection.write(&Batch { steps: &[some.insert()], commit: true }).await.map(drop)
            } else {
                connection.commit().await
            };
            assert!(committed.unwrap_err().is_foreign_key_violation());
            assert!(connection.in_transaction() && connection.texts("SELECT 1", &[]).await.is_err());
            connection.rollback().await.unwrap();
            assert_eq!(count(connection, "events").await + count(connection, "users").await, 0);
        }
    });
}

#[test]
fn wrong_sql_is_quoted_and_values_are_not() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let error = connection.script("SELECT 1; SELEC 2").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "statement 2 of the script: the database refused the statement: near \"SELEC\": syntax error"
        );
        // A misspelt column is no string.
        let error = connection.texts("SELECT \"emial\" FROM users", &[]).await.unwrap_err();
        assert!(error.to_string().contains("no such column: \"emial\""), "{error}");
        let error = connection.texts("SELECT ?1", &[]).await.unwrap_err();
        assert!(error.is_usage(), "{error}");

        // A table that does not have what its definition says.
        connection.script("ALTER TABLE users RENAME COLUMN email TO mail").await.unwrap();
        let error = insert_user(&mut *connection, user("hunter2", "b@x", 1)).await.unwrap_err();
        assert!(error.to_string().contains("email") && error.to_string().contains("users"), "{error}");
        assert!(!error.to_string().contains("hunter2"));
    });
}

#[test]
fn triggers_refuse_rows_without_quoting_them() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection
            .script(
                "CREATE TRIGGER no_b BEFORE INSERT ON users WHEN NEW.id = 'b'
                 BEGIN SELECT RAISE(ABORT, 'not b'); END",
            )
            .await
            .unwrap();
        let error = insert_user(&mut *connection, user("b", "b@x", 1)).await.unwrap_err();
        assert_eq!(error.to_string(), "insert into users: a trigger refused the row (table users)");
    });
}

#[tokio::test]
async fn a_file_that_somebody_else_holds_is_busy_after_the_timeout() {
    let (driver, folder) = open("?busy_timeout=50").await;
    let path = folder.path().join("test.db");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();

    let mut connection = driver.acquire(Access::Write).await.unwrap();
    let error = insert_user(&mut *connection, user("a", "a@x", 1)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Busy) && error.is_retryable(), "{error}");
    connection.begin(TransactionOptions::new());
    let error = insert_user(&mut *connection, user("a", "a@x", 1)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Busy), "{error}");
    // The transaction never began, and yet it is one that failed.
    assert!(connection.commit().await.unwrap_err().to_string().contains("aborted"));
    connection.rollback().await.unwrap();
    // Readers do not wait for a writer.
    let mut reader = driver.acquire(Access::Read).await.unwrap();
    assert_eq!(count(&mut *reader, "users").await, 0);

    other.execute_batch("COMMIT").unwrap();
    insert_user(&mut *connection, user("a", "a@x", 1)).await.unwrap();

    // A whole file that is locked cannot be opened either.
    drop((connection, reader));
    driver.close().await;
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").unwrap();
    let url = format!("sqlite:{}?busy_timeout=50", path.display());
    let error = SqliteDriver::connect(ConnectOptions::parse(&url).unwrap()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Busy), "{error}");
    assert!(error.to_string().contains("test.db"), "{error}");
}

/// A query that would run for longer than anybody waits.
const ENDLESS: &str = "
    WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n)
    SELECT count(*) FROM n
";

#[tokio::test]
async fn a_statement_that_runs_too_long_is_ended() {
    let (driver, _folder) = open("?statement_timeout=50").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    let start = Instant::now();
    let error = connection.texts(ENDLESS, &[]).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::StatementTimeout) && error.is_timeout(), "{error}");
    assert!(start.elapsed() >= Duration::from_millis(50));

    // In a write it takes the transaction with it, savepoints included.
    connection.begin(TransactionOptions::new());
    insert_user(&mut *connection, user("a", "a@x", 1)).await.unwrap();
    write(&mut *connection, &[underpin_sql::driver::Step::Savepoint(1)]).await.unwrap();
    let insert = format!("INSERT INTO users SELECT 1, 1, 1, 1, 1 FROM ({ENDLESS})");
    connection.script(&insert).await.unwrap_err();
    assert!(connection.in_transaction());
    connection.rollback().await.unwrap();
    assert_eq!(count(&mut *connection, "users").await, 0);

    // The clock does not tick between statements.
    tokio::time::sleep(Duration::from_millis(60)).await;
    insert_user(&mut *connection, user("a", "a@x", 1)).await.unwrap();
}

#[tokio::test]
async fn too_many_values_are_refused_in_words() {
    let (driver, _folder) = open("").await;
    let mut connection = driver.acquire(Access::Read).await.unwrap();
    let mut select = Select::new(&USERS);
    select.filter(Tree::column(&USERS, 4).is_in((0..40_000_i64).map(Param::new).collect()));
    select.filter(Tree::column(&USERS, 4).compare_value(Comparison::Gt, Param::new(4711_i64)));
    let error = connection.fetch(&Query::Select(&select), fixture::Sink::boxed(&USERS)).await.err().unwrap();
    assert!(error.is_usage() && error.to_string().contains("40001 values"), "{error}");
}

#[tokio::test]
async fn a_damaged_file_says_so() {
    let (driver, folder) = open("").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    let users = (0..2_000).map(|n| user(&format!("u{n}"), &format!("{n}@x"), 1)).collect();
    insert(&mut *connection, &USERS, users).await;
    drop(connection);
    driver.close().await;
    let path = folder.path().join("test.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[8192..].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();

    let url = format!("sqlite:{}", path.display());
    let driver = SqliteDriver::connect(ConnectOptions::parse(&url).unwrap()).await.unwrap();
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    let error = connection.texts("SELECT count(email) FROM users", &[]).await.unwrap_err();
    assert_eq!(error.to_string(), "the database file is damaged");
}
