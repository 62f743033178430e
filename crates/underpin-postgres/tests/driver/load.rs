//! Loading by COPY.

use underpin_core::{ColumnSet, Datum};
use underpin_sql::RowSource;
use underpin_sql::driver::TransactionOptions;

use crate::codec::{assert_same, every, lists};
use crate::rows::{Cells, Rows, int, text};
use crate::scratch::{Scratch, fetch, load};
use crate::tables::{EVENTS, EVERY, LISTS, USERS};
use crate::transaction::user;

#[tokio::test]
async fn every_type_is_loaded() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let rows = Rows::new(&EVERY, every());
    assert_eq!(load(&mut *connection, &EVERY, EVERY.all(), &rows).await.unwrap(), 4);
    assert_same(&EVERY, fetch(&mut *connection, &EVERY, None).await.unwrap(), every());
    let rows = Rows::new(&LISTS, lists());
    assert_eq!(load(&mut *connection, &LISTS, LISTS.all(), &rows).await.unwrap(), 3);
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
    assert_eq!(load(&mut *connection, &EVENTS, rows.columns, &rows).await.unwrap(), 20_000);
    assert!(connection.in_transaction());
    assert_eq!(scratch.count(&EVENTS).await, 0);
    connection.commit().await.unwrap();
    let sql = "SELECT count(DISTINCT id) || ' ' || count(DISTINCT what) FROM events";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("20000 20000"));
    let none = Rows::new(&USERS, Vec::new());
    assert_eq!(load(&mut *connection, &USERS, USERS.all(), &none).await.unwrap(), 0);
    assert!(load(&mut *connection, &USERS, ColumnSet::EMPTY, &rows).await.unwrap_err().is_usage());
}

#[tokio::test]
async fn what_fails_loads_nothing_and_the_connection_goes_on() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let mut users: Vec<_> = (0..5_000).map(|n| user(&n.to_string())).collect();
    users.push(user("17"));
    let rows = Rows::new(&USERS, users.clone());
    let error = load(&mut *connection, &USERS, USERS.all(), &rows).await.unwrap_err();
    assert!(error.is_unique_violation() && error.to_string().starts_with("load into users: "), "{error}");
    users[5_000] = vec![text("last"), text("far too long for this column"), Datum::Null, int(1)];
    let rows = Rows::new(&USERS, users);
    let error = load(&mut *connection, &USERS, USERS.all(), &rows).await.unwrap_err();
    assert!(error.is_value() && error.column() == Some("email"), "{error}");
    assert_eq!(fetch(&mut *connection, &USERS, None).await.unwrap().len(), 0);
    let rows = Rows::new(&USERS, vec![user("a")]);
    assert_eq!(load(&mut *connection, &USERS, USERS.all(), &rows).await.unwrap(), 1);
}

#[tokio::test]
async fn what_copy_would_pass_over_or_refuse_is_inserted() {
    let scratch = Scratch::new().await;
    scratch
        .script(
            "CREATE TABLE shadows (id text);
             CREATE RULE shadow AS ON INSERT TO events DO ALSO INSERT INTO shadows VALUES (NEW.user_id);
             CREATE RULE aged AS ON INSERT TO users DO ALSO UPDATE users SET age = 99 WHERE id = NEW.id;
             INSERT INTO users VALUES ('x', 'x@x', 1, 1)",
        )
        .await;
    let mut connection = scratch.connection().await;
    let events = Rows::of(&EVENTS, &[1, 2], vec![vec![int(0), text("x"), text("registered")]; 3_000]);
    assert_eq!(load(&mut *connection, &EVENTS, events.columns, &events).await.unwrap(), 3_000);
    let users = Rows::new(&USERS, (0..3_000).map(|n| user(&n.to_string())).collect());
    connection.begin(TransactionOptions::new());
    assert_eq!(load(&mut *connection, &USERS, USERS.all(), &users).await.unwrap(), 3_000);
    connection.rollback().await.unwrap();
    let orphans = Rows::of(&EVENTS, &[1], vec![vec![int(0), text("nobody"), Datum::Null]; 3_000]);
    let error = load(&mut *connection, &EVENTS, orphans.columns, &orphans).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    assert!(error.to_string().starts_with("load into events: "), "{error}");
    let sql = "SELECT concat_ws(' ', (SELECT count(*) FROM users), (SELECT count(*) FROM events), count(*)) FROM shadows";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("1 3000 3000"));
}

/// Portions of events without number, and now and then one with.
struct Portions {
    given: std::vec::IntoIter<Rows>,
    current: Option<Rows>,
}

impl Portions {
    fn new(portions: Vec<Rows>) -> Self {
        Self { given: portions.into_iter(), current: None }
    }
}

impl RowSource for Portions {
    fn portion(&mut self) -> Option<(ColumnSet, &dyn underpin_sql::Rows)> {
        self.current = self.given.next();
        self.current.as_ref().map(|rows| (rows.columns, rows as &dyn underpin_sql::Rows))
    }
}

fn events(columns: &[usize], numbers: std::ops::Range<i64>) -> Rows {
    let event = |n: i64| -> Cells { vec![int(1_000_000 + n), text("a"), text(&format!("event number {n}"))] };
    Rows::of(&EVENTS, columns, numbers.map(event).collect())
}

#[tokio::test]
async fn portions_with_the_same_columns_are_one_statement() {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users VALUES ('a', 'a@x', 1, 1)").await;
    let mut connection = scratch.connection().await;
    let portions = || Portions::new((0..30).map(|n| events(&[1, 2], n * 100..n * 100 + 100)).collect());
    assert_eq!(connection.load(&EVENTS, &mut portions()).await.unwrap(), 3_000);
    connection.begin(TransactionOptions::new());
    let (loaded, statements, round_trips) = scratch.counted(connection.load(&EVENTS, &mut portions())).await;
    assert_eq!((loaded.unwrap(), statements, round_trips), (3_000, 1, 1));
    connection.commit().await.unwrap();

    let (some, none) = (events(&[1, 2], 0..10), events(&[1, 2], 0..0));
    let mixed =
        vec![none, some, events(&[0, 1, 2], 10..20), events(&[0, 1, 2], 20..30), events(&[1, 2], 30..40)];
    let (loaded, statements, _) = scratch.counted(connection.load(&EVENTS, &mut Portions::new(mixed))).await;
    assert_eq!((loaded.unwrap(), statements), (40, 3));
    let sql = "SELECT count(*) FILTER (WHERE id > 1000000) || ' ' || count(DISTINCT id) FROM events";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("20 6040"));
}

#[tokio::test]
async fn a_later_portion_that_fails_takes_the_earlier_ones_with_it() {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users VALUES ('a', 'a@x', 1, 1)").await;
    let mut connection = scratch.connection().await;
    let numbered = events(&[0, 1, 2], 0..10);
    let (first, again) = (events(&[1, 2], 0..500), events(&[0, 1, 2], 5..6));
    // The server refuses the last row, in the COPY after the first.
    let error = connection.load(&EVENTS, &mut Portions::new(vec![first, numbered, again])).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    // A row that does not fit is found while the COPY is under way.
    let unfit = Rows::of(&EVENTS, &[1, 2], vec![vec![int(0), text("a"), text("no text has a \0")]]);
    let error = connection.load(&EVENTS, &mut Portions::new(vec![events(&[1, 2], 0..500), unfit])).await;
    assert!(error.unwrap_err().is_value());
    assert!(!connection.in_transaction());
    assert_eq!(scratch.count(&EVENTS).await, 0);
    assert_eq!(connection.load(&EVENTS, &mut Portions::new(vec![events(&[1, 2], 0..5)])).await.unwrap(), 5);
    assert_eq!(scratch.count(&EVENTS).await, 5);
}

#[tokio::test]
async fn an_altered_table_is_loaded_at_the_next_attempt() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let rows = Rows::new(&EVERY, every());
    assert_eq!(load(&mut *connection, &EVERY, EVERY.all(), &rows).await.unwrap(), 4);
    scratch.script("DELETE FROM every; ALTER TABLE every ALTER a_json TYPE jsonb USING a_json::jsonb").await;
    // What the connection holds of the table is wrong now: JSONB has other bytes. The same connection learns it.
    let error = load(&mut *connection, &EVERY, EVERY.all(), &rows).await.unwrap_err();
    assert!(!error.is_connection(), "{error:?}");
    assert_eq!(load(&mut *connection, &EVERY, EVERY.all(), &rows).await.unwrap(), 4);
}
