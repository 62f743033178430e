//! Loading by COPY.

use underpin_core::{ColumnSet, Datum};
use underpin_sql::driver::TransactionOptions;

use crate::codec::{assert_same, every, lists};
use crate::rows::{Rows, int, text};
use crate::scratch::{Scratch, fetch};
use crate::tables::{EVENTS, EVERY, LISTS, USERS};
use crate::transaction::user;

#[tokio::test]
async fn every_type_is_loaded() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let rows = Rows::new(&EVERY, every());
    assert_eq!(connection.load(&EVERY, EVERY.all(), &rows).await.unwrap(), 4);
    assert_same(&EVERY, fetch(&mut *connection, &EVERY, None).await.unwrap(), every());
    let rows = Rows::new(&LISTS, lists());
    assert_eq!(connection.load(&LISTS, LISTS.all(), &rows).await.unwrap(), 3);
    assert_same(&LISTS, fetch(&mut *connection, &LISTS, None).await.unwrap(), lists());
}

#[tokio::test]
async fn many_rows_go_in_chunks_and_the_rest_is_left_to_the_database() {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users VALUES ('a', 'a@x', 1, 1)").await;
    let mut connection = scratch.connection().await;
    let many = (0..20_000).map(|n| vec![int(0), text("a"), text(&format!("event number {n}"))]).collect();
    let rows = Rows::of(&EVENTS, &[1, 2], many);
    connection.begin(TransactionOptions::new());
    assert_eq!(connection.load(&EVENTS, rows.columns, &rows).await.unwrap(), 20_000);
    assert!(connection.in_transaction());
    assert_eq!(scratch.count(&EVENTS).await, 0);
    connection.commit().await.unwrap();
    let sql = "SELECT count(DISTINCT id) || ' ' || count(DISTINCT what) FROM events";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("20000 20000"));
    let none = Rows::new(&USERS, Vec::new());
    assert_eq!(connection.load(&USERS, USERS.all(), &none).await.unwrap(), 0);
    assert!(connection.load(&USERS, ColumnSet::EMPTY, &rows).await.unwrap_err().is_usage());
}

#[tokio::test]
async fn what_fails_loads_nothing_and_the_connection_goes_on() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let mut users: Vec<_> = (0..5_000).map(|n| user(&n.to_string())).collect();
    users.push(user("17"));
    let rows = Rows::new(&USERS, users.clone());
    let error = connection.load(&USERS, USERS.all(), &rows).await.unwrap_err();
    assert!(error.is_unique_violation() && error.to_string().starts_with("load into users: "), "{error}");
    users[5_000] = vec![text("last"), text("far too long for this column"), Datum::Null, int(1)];
    let rows = Rows::new(&USERS, users);
    let error = connection.load(&USERS, USERS.all(), &rows).await.unwrap_err();
    assert!(error.is_value() && error.column() == Some("email"), "{error}");
    assert_eq!(fetch(&mut *connection, &USERS, None).await.unwrap().len(), 0);
    let rows = Rows::new(&USERS, vec![user("a")]);
    assert_eq!(connection.load(&USERS, USERS.all(), &rows).await.unwrap(), 1);
}
