//! URLs and files that are wrong: one clear error each.

#![allow(clippy::unwrap_used)] // what fails here fails a test

mod fixture;

use std::path::Path;

use fixture::{Grid, USERS, count, open, ready, user, write};
use underpin_core::{Error, ErrorKind};
use underpin_sql::driver::{Access, ConnectOptions, Driver};
use underpin_sqlite::SqliteDriver;

/// The error of opening, which must be the same in both uses.
async fn refused(path: &Path, options: &str) -> Error {
    let url = format!("sqlite:{}{options}", path.display());
    let options = ConnectOptions::parse(&url).unwrap();
    let error = SqliteDriver::connect(options.clone()).await.unwrap_err();
    assert_eq!(error.to_string(), SqliteDriver::blocking(options).unwrap_err().to_string());
    assert!(error.hint().is_some(), "{error}");
    error
}

#[tokio::test]
async fn files_that_cannot_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent.db");

    let error = refused(&folder.path().join("no/such/a.db"), "").await;
    assert!(error.is_connection() && error.to_string().contains("the directory does not exist"), "{error}");
    assert!(error.to_string().contains("no/such/a.db"), "{error}");
    for mode in ["?mode=rw", "?mode=ro"] {
        let error = refused(&absent, mode).await;
        assert!(error.is_connection() && error.to_string().contains("the file does not exist"), "{error}");
        assert!(!absent.exists());
    }
    let error = refused(folder.path(), "").await;
    assert!(error.is_connection() && error.to_string().contains("is a directory"), "{error}");

    let text = folder.path().join("text.db");
    std::fs::write(&text, "not a database, but long enough to be taken for one".repeat(100)).unwrap();
    let error = refused(&text, "").await;
    assert!(error.is_connection() && error.to_string().contains("not an SQLite database"), "{error}");

    let error = refused(&absent, "?journal=wal").await;
    assert!(matches!(error.kind(), ErrorKind::Config) && error.to_string().contains("`journal`"), "{error}");
    assert!(!absent.exists());
}

#[tokio::test]
async fn a_file_opened_for_reading_refuses_to_write() {
    let (driver, folder) = open("").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    fixture::insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
    drop(connection);
    driver.close().await;

    let url = format!("sqlite:{}/test.db?mode=ro", folder.path().display());
    let driver = SqliteDriver::connect(ConnectOptions::parse(&url).unwrap()).await.unwrap();
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    assert_eq!(count(&mut *connection, "users").await, 1);
    let error =
        write(&mut *connection, &[Grid::new(&USERS, vec![user("b", "b@x", 1)]).insert()]).await.unwrap_err();
    assert!(error.to_string().contains("open for reading only"), "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains("mode=ro")));
}

#[tokio::test]
async fn settings_reach_every_connection() {
    let options = "?synchronous=full&foreign_keys=off&cache_size=-4000&readers=2&journal_mode=truncate";
    let (driver, _folder) = open(options).await;
    for access in [Access::Write, Access::Read] {
        let mut connection = driver.acquire(access).await.unwrap();
        for (pragma, value) in [
            ("synchronous", "2"),
            ("foreign_keys", "0"),
            ("cache_size", "-4000"),
            ("journal_mode", "truncate"),
        ] {
            let found = connection.texts(&format!("PRAGMA {pragma}"), &[]).await.unwrap();
            assert_eq!(found[0][0].as_deref(), Some(value), "{pragma} {access:?}");
        }
    }
    assert_eq!(driver.status().limit, 3);
}

#[tokio::test]
async fn a_script_cannot_change_settings_for_the_next_user() {
    let (driver, _folder) = open("").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    connection.script("PRAGMA foreign_keys = OFF; PRAGMA query_only = ON").await.unwrap();
    assert_eq!(connection.texts("PRAGMA foreign_keys", &[]).await.unwrap()[0][0].as_deref(), Some("0"));
    drop(connection);
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    for (pragma, value) in [("foreign_keys", "1"), ("query_only", "0")] {
        let found = connection.texts(&format!("PRAGMA {pragma}"), &[]).await.unwrap();
        assert_eq!(found[0][0].as_deref(), Some(value), "{pragma}");
    }
}

#[test]
fn memory_belongs_to_one_driver() {
    let open = || SqliteDriver::blocking(ConnectOptions::parse("sqlite::memory:").unwrap()).unwrap();
    let (one, other) = (open(), open());
    let create = |driver: &SqliteDriver| {
        ready(ready(driver.acquire(Access::Write)).unwrap().script("CREATE TABLE t (x)"))
    };
    create(&one).unwrap();
    create(&other).unwrap();
    assert!(create(&one).is_err(), "the second connection of one driver sees the same database");
    assert!(format!("{one:?}").contains(":memory:"));
}
