//! Requests of so many rows that the caller encodes or decodes some while SQLite is at others.

#![allow(clippy::unwrap_used, clippy::panic)] // what fails here fails a test

mod fixture;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Poll, Waker};

use fixture::{EVENTS, Grid, KINDS, Sink, USERS, all, count, everywhere, insert, open, text, user, write};
use underpin_core::{CellError, Cells, ColumnSet, Datum, Encoder, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Access, Batch, Driver, Receive, Step, TransactionOptions};
use underpin_sql::{CellOf, Lock, Query, Rows, WriteKind};

/// So many that they take several portions, and more than may wait for the caller.
const MANY: usize = 6_000;

const FILL_KINDS: &str = "
    INSERT INTO kinds (id, bool, bigint, double, text, money, bytes, timestamptz, numbers)
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5999)
    SELECT
        i, i % 2, -i, i / 8.0, CASE i % 3 WHEN 0 THEN NULL ELSE 'text ' || i END, i * 100 + 7, zeroblob(i % 90),
        '2026-11-21 10:00:00.' || printf('%06d', i), '[' || i || ',null]'
    FROM n;
";

fn users() -> Vec<Vec<Datum>> {
    (0..MANY).map(|number| user(&format!("u{number:06}"), &format!("{number}@x"), 1)).collect()
}

/// Users of whom one has an id that its column cannot hold.
fn users_with_a_broken_one() -> Grid {
    let mut users = users();
    users[MANY - 5][0] = text(&"x".repeat(50));
    Grid::new(&USERS, users)
}

/// Rows of which each costs more than to read it.
struct Costly(Box<dyn Receive>);

impl Costly {
    fn boxed(table: &'static TableDef) -> Box<dyn Receive> {
        Box::new(Self(Sink::boxed(table)))
    }

    fn rows(received: Box<dyn Receive>) -> Vec<Vec<Datum>> {
        Sink::rows(received.into_any().downcast::<Self>().unwrap().0)
    }
}

impl Receive for Costly {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        self.0.row(cells)
    }

    fn is_costly(&self) -> bool {
        true
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

/// Rows of which one panics while it is encoded, as a broken codec would.
struct Panics;

impl Rows for Panics {
    fn len(&self) -> usize {
        MANY
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        match position {
            0 if row == MANY - 5 => panic!("a codec panics"),
            0 => out.text(&format!("u{row:06}")),
            2 => out.text(&format!("{row}@x")),
            _ => out.i64(1),
        }
    }

    fn key_text(&self, row: usize) -> String {
        format!("u{row:06}")
    }
}

#[test]
fn a_flush_of_several_portions_gives_back_every_row_in_its_place() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let before = driver.status();
        let people = Grid::new(&USERS, users());
        let event = |number: usize| {
            let user = text(&format!("u{number:06}"));
            vec![Datum::Int(0), user, Datum::Text("{}".to_owned()), Datum::Null]
        };
        let events = Grid::new(&EVENTS, (0..MANY).map(event).collect());
        let ids = events.write(WriteKind::Insert, ColumnSet::of(&[1, 2]), ColumnSet::of(&[0]));
        let none = Grid::new(&USERS, Vec::new());
        let steps = [people.insert(), none.insert(), ids, Step::Savepoint(1)];
        let returned = connection.write(&Batch { steps: &steps, commit: true }).await.unwrap();
        let numbers: Vec<usize> = returned.iter().map(Vec::len).collect();
        assert_eq!(numbers, [0, 0, MANY]);
        let first = int(&returned[2][0].0[0]);
        assert!(returned[2].iter().zip(first..).all(|(row, id)| int(&row.0[0]) == id));
        let after = driver.status();
        assert_eq!(after.round_trips - before.round_trips, 1);
        assert_eq!(after.statements - before.statements, 3);
        let select = all(&USERS);
        let rows = connection.fetch(&Query::Select(&select), Sink::boxed(&USERS)).await.unwrap();
        assert!(Sink::rows(rows) == users());
    });
}

#[test]
fn a_row_that_cannot_be_encoded_leaves_nothing_of_its_flush() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let broken = users_with_a_broken_one();
        let error = write(&mut *connection, &[broken.insert()]).await.unwrap_err();
        let expected = "insert into users: column users.id: the text is longer than 36 characters";
        assert_eq!(error.to_string(), expected);
        assert!(!connection.in_transaction());
        assert_eq!(count(&mut *connection, "users").await, 0);

        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        assert_eq!(write(&mut *connection, &[broken.insert()]).await.unwrap_err().to_string(), expected);
        let error = connection.texts("SELECT 1", &[]).await.unwrap_err();
        assert!(error.to_string().contains("aborted"), "{error}");
        connection.rollback().await.unwrap();
        assert_eq!(count(&mut *connection, "users").await, 0);
    });
}

#[test]
fn behind_a_savepoint_only_the_broken_flush_is_lost() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        write(&mut *connection, &[Step::Savepoint(1)]).await.unwrap();
        let broken = users_with_a_broken_one();
        write(&mut *connection, &[broken.insert()]).await.unwrap_err();
        let good = Grid::new(&USERS, users());
        write(&mut *connection, &[Step::RollbackTo(1), good.insert()]).await.unwrap();
        connection.commit().await.unwrap();
        assert_eq!(count(&mut *connection, "users").await, i64::try_from(MANY).unwrap() + 1);
    });
}

#[test]
fn what_sqlite_refuses_is_told_whichever_portion_it_is_in() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        for at in [3, MANY / 2, MANY - 1] {
            let taken = user("taken", &format!("{at}@x"), 1);
            insert(&mut *connection, &USERS, vec![taken]).await;
            let error = write(&mut *connection, &[Grid::new(&USERS, users()).insert()]).await.unwrap_err();
            assert!(error.is_unique_violation(), "{error}");
            assert!(!connection.in_transaction());
            assert_eq!(count(&mut *connection, "users").await, 1);
            connection.script("DELETE FROM users").await.unwrap();
        }
    });
}

#[test]
fn a_stale_row_is_named_whichever_portion_it_is_in() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        insert(&mut *connection, &USERS, users()).await;
        for at in [3, MANY - 5] {
            let mut old = users();
            old[at][4] = Datum::Int(9);
            let change = Grid::change(&USERS, old, users());
            let error = write(&mut *connection, &[change.update(&[3])]).await.unwrap_err();
            assert!(error.to_string().contains(&format!("u{at:06}")), "{error}");
        }
    });
}

#[test]
fn a_panic_in_a_later_row_leaves_nothing_of_its_flush() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (driver, _folder) = runtime.block_on(open(""));
    let mut connection = runtime.block_on(driver.acquire(Access::Write)).unwrap();
    connection.begin(TransactionOptions::new());
    runtime.block_on(insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]));
    let write = underpin_sql::Write {
        table: &USERS,
        kind: WriteKind::Insert,
        columns: USERS.all(),
        returning: ColumnSet::EMPTY,
        versioned: false,
        rows: &Panics,
    };
    let steps = [Step::Write(write)];
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(connection.write(&Batch { steps: &steps, commit: true }))
    }));
    assert!(panicked.is_err());
    assert!(runtime.block_on(connection.commit()).unwrap_err().is_usage());
    drop(connection);
    let mut connection = runtime.block_on(driver.acquire(Access::Write)).unwrap();
    assert_eq!(runtime.block_on(count(&mut *connection, "users")), 0);
    assert_eq!(driver.status().open, 1);
}

#[test]
fn rows_that_the_caller_decodes_are_those_that_sqlite_gives() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.script(FILL_KINDS).await.unwrap();
        let select = all(&KINDS);
        let before = driver.status();
        let costly = connection.fetch(&Query::Select(&select), Costly::boxed(&KINDS)).await.unwrap();
        let after = driver.status();
        assert_eq!(after.round_trips - before.round_trips, 1);
        let rows = connection.fetch(&Query::Select(&select), Sink::boxed(&KINDS)).await.unwrap();
        let (costly, rows) = (Costly::rows(costly), Sink::rows(rows));
        assert!(costly.len() == MANY && costly == rows);

        let keys = Grid::new(&KINDS, [7, 5_000, 7, -1].map(|id| vec![Datum::Int(id)]).to_vec());
        let query = Query::Keys { table: &KINDS, keys: &keys, lock: Lock::None };
        let costly = connection.fetch(&query, Costly::boxed(&KINDS)).await.unwrap();
        assert!(Costly::rows(costly) == [rows[7].clone(), rows[5_000].clone()]);
    });
}

#[test]
fn a_row_that_cannot_be_decoded_ends_the_request_and_nothing_else() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.script(FILL_KINDS).await.unwrap();
        let select = all(&KINDS);
        let query = Query::Select(&select);
        for broken in [0, 3_000, MANY - 1] {
            connection.script(&format!("UPDATE kinds SET bool = 7 WHERE id = {broken}")).await.unwrap();
            let error = connection.fetch(&query, Costly::boxed(&KINDS)).await.err().unwrap();
            assert!(error.to_string().contains("column kinds.bool"), "{error}");
            connection.script("UPDATE kinds SET bool = 1").await.unwrap();
            let rows = connection.fetch(&query, Costly::boxed(&KINDS)).await.unwrap();
            assert_eq!(Costly::rows(rows).len(), MANY);
        }
        connection.begin(TransactionOptions::new());
        connection.script("UPDATE kinds SET bool = 7 WHERE id = 0").await.unwrap();
        assert!(connection.fetch(&query, Costly::boxed(&KINDS)).await.is_err());
        assert!(connection.commit().await.is_err());
        connection.rollback().await.unwrap();
        assert!(connection.fetch(&query, Costly::boxed(&KINDS)).await.is_ok());
    });
}

#[tokio::test]
async fn what_sqlite_refuses_is_told_to_a_caller_who_decodes() {
    let (driver, _folder) = open("").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    connection.script("DROP TABLE kinds").await.unwrap();
    let select = all(&KINDS);
    let error = connection.fetch(&Query::Select(&select), Costly::boxed(&KINDS)).await.err().unwrap();
    assert!(error.to_string().contains("no such table: kinds"), "{error}");
}

#[tokio::test]
async fn a_caller_who_gives_up_while_rows_wait_leaves_a_connection_for_the_next() {
    let (driver, _folder) = open("?pool_timeout=5").await;
    let mut connection = driver.acquire(Access::Write).await.unwrap();
    connection.script(FILL_KINDS).await.unwrap();
    let select = all(&KINDS);
    let query = Query::Select(&select);
    let mut given_up = 0;
    for _ in 0..20 {
        let first = connection
            .fetch(&query, Costly::boxed(&KINDS))
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .map(|fetched| Costly::rows(fetched.unwrap()).len());
        match first {
            Poll::Pending => {
                given_up += 1;
                assert!(connection.texts("SELECT 1", &[]).await.unwrap_err().is_usage());
            }
            // SQLite was so far ahead that nothing had to be waited for.
            Poll::Ready(rows) => assert_eq!(rows, MANY),
        }
        drop(connection);
        connection = driver.acquire(Access::Write).await.unwrap();
        assert_eq!(count(&mut *connection, "kinds").await, i64::try_from(MANY).unwrap());
        assert_eq!(driver.status().open, 1);
    }
    assert!(given_up > 0, "there was nothing to give up");
}

fn int(datum: &Datum) -> i64 {
    match datum {
        Datum::Int(value) => *value,
        other => panic!("{other:?} is no integer"),
    }
}
