//! Requests on one connection: rows come and go as they should, in every way in which the driver is used.

mod fixture;

use fixture::{EVENTS, Grid, Sink, USERS, by_keys, count, everywhere, insert, text, user, write};
use underpin_core::{ColumnSet, Datum, Error};
use underpin_sql::driver::{Access, Batch, Driver, Step, TransactionOptions};
use underpin_sql::{Comparison, Lock, Order, Param, Query, Select, Tree, WriteKind};

#[test]
fn rows_are_written_and_read_by_key() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let rows = vec![user("a", "a@x", 1), user("b", "b@x", 1), user("c", "c@x", 1)];
        insert(&mut *connection, &USERS, rows.clone()).await;

        assert!(by_keys(&mut *connection, &USERS, &["b"]).await.unwrap() == [rows[1].clone()]);
        assert!(
            by_keys(&mut *connection, &USERS, &["c", "a", "x", "c"]).await.unwrap()
                == [rows[0].clone(), rows[2].clone()]
        );
        assert!(by_keys(&mut *connection, &USERS, &[]).await.unwrap().is_empty());
        assert!(!connection.in_transaction());
    });
}

#[test]
fn a_condition_selects_orders_and_limits() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let mut rows: Vec<_> = (0..10).map(|n| user(&format!("u{n}"), &format!("{n}@x"), n)).collect();
        rows[3][3] = Datum::Null;
        insert(&mut *connection, &USERS, rows.clone()).await;

        let mut select = Select::new(&USERS);
        let column = |position| Tree::column(&USERS, position);
        select.filter(column(4).compare_value(Comparison::Ge, Param::new(2_i64)));
        let among = ["u2", "u3", "u5", "u7", "u9"].map(|id| Param::new(id.to_owned()));
        select.filter(column(0).is_in(among.to_vec()));
        select.order.push(Order::desc(column(4)));
        select.limit = Some(3);
        select.offset = Some(1);
        let query = Query::Select(&select);
        let found = Sink::rows(connection.fetch(&query, Sink::boxed(&USERS)).await.unwrap());
        assert!(found == [rows[7].clone(), rows[5].clone(), rows[3].clone()]);

        select.limit = Some(u64::MAX);
        let query = Query::Select(&select);
        let found = Sink::rows(connection.fetch(&query, Sink::boxed(&USERS)).await.unwrap());
        assert_eq!(found.len(), 4);
    });
}

#[test]
fn a_batch_commits_as_one() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(TransactionOptions::new());
        assert!(connection.in_transaction());
        let users = Grid::new(&USERS, vec![user("a", "a@x", 1)]);
        let event = vec![Datum::Null, text("a"), Datum::Json("{}".into()), Datum::Null];
        let events = Grid::new(&EVENTS, vec![event.clone(), event]);
        let given = ColumnSet::of(&[1, 2]);
        let before = driver.status();
        let steps = [users.insert(), events.write(WriteKind::Insert, given, ColumnSet::of(&[0, 3]))];
        let returned = connection.write(&Batch { steps: &steps, commit: true }).await.unwrap();
        let after = driver.status();
        assert_eq!(after.round_trips - before.round_trips, 1);
        assert_eq!(after.statements - before.statements, 2);
        assert!(!connection.in_transaction());

        assert!(returned[0].is_empty());
        let ids: Vec<_> = returned[1].iter().map(|row| row.0[0].clone()).collect();
        assert!(ids == [Datum::Int(1), Datum::Int(2)]);
        // What CURRENT_TIMESTAMP writes is read, and lies in this century.
        assert!(matches!(returned[1][0].0[1], Datum::Micros(at) if at > 1_700_000_000_000_000));

        drop(connection);
        let mut connection = driver.acquire(Access::Read).await.unwrap();
        assert_eq!(count(&mut *connection, "events").await, 2);
    });
}

#[test]
fn updates_count_the_version_and_miss_no_row() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1), user("b", "b@x", 5)]).await;

        let old = vec![user("a", "a@x", 1), user("b", "b@x", 5)];
        let new = vec![user("a", "A@x", 1), user("b", "B@x", 5)];
        let change = Grid::change(&USERS, old, new);
        let step = change.write(WriteKind::Update, ColumnSet::of(&[2]), ColumnSet::of(&[4]));
        let returned = write(&mut *connection, &[step]).await.unwrap();
        assert!(
            returned[0].iter().map(|row| row.0[0].clone()).collect::<Vec<_>>()
                == [Datum::Int(2), Datum::Int(6)]
        );

        // The same again: the versions have moved on, and the first row says so before anything is changed.
        for returning in [ColumnSet::EMPTY, ColumnSet::of(&[4])] {
            let step = change.write(WriteKind::Update, ColumnSet::of(&[2]), returning);
            let error = write(&mut *connection, &[step]).await.unwrap_err();
            assert!(
                error.is_stale() && error.table() == Some("users") && error.key() == Some("a"),
                "{error}"
            );
        }
        let gone = Grid::new(&USERS, vec![user("a", "", 2), user("b", "", 5)]);
        let error = write(&mut *connection, &[gone.delete()]).await.unwrap_err();
        assert!(error.is_stale() && error.key() == Some("b"), "{error}");
        assert_eq!(count(&mut *connection, "users").await, 2, "a failed group leaves nothing behind");

        let gone = Grid::new(&USERS, vec![user("a", "", 2), user("b", "", 6)]);
        write(&mut *connection, &[gone.delete()]).await.unwrap();
        assert_eq!(count(&mut *connection, "users").await, 0);
    });
}

fn is_aborted(error: &Error) -> bool {
    error.is_usage() && error.to_string().contains("aborted")
}

#[test]
fn a_failure_aborts_the_transaction_until_it_is_rolled_back() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        let twice = Grid::new(&USERS, vec![user("b", "b@x", 1), user("a", "c@x", 1)]);
        let error = write(&mut *connection, &[twice.insert()]).await.unwrap_err();
        assert!(error.is_unique_violation(), "{error}");
        assert!(connection.in_transaction());

        assert!(is_aborted(&by_keys(&mut *connection, &USERS, &["a"]).await.unwrap_err()));
        assert!(is_aborted(&connection.texts("SELECT 1", &[]).await.unwrap_err()));
        assert!(is_aborted(&connection.script("SELECT 1").await.unwrap_err()));
        let other = Grid::new(&USERS, vec![user("d", "d@x", 1)]);
        assert!(is_aborted(&write(&mut *connection, &[other.insert()]).await.unwrap_err()));
        assert!(is_aborted(&write(&mut *connection, &[Step::RollbackTo(1)]).await.unwrap_err()));

        connection.rollback().await.unwrap();
        assert!(!connection.in_transaction());
        assert_eq!(count(&mut *connection, "users").await, 0);

        // To commit it is no success.
        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        write(&mut *connection, &[other.insert(), other.insert()]).await.unwrap_err();
        assert!(is_aborted(&connection.commit().await.unwrap_err()));
        assert!(connection.in_transaction());
        assert!(is_aborted(&connection.write(&Batch { steps: &[], commit: true }).await.unwrap_err()));
        connection.rollback().await.unwrap();
        assert_eq!(count(&mut *connection, "users").await, 0);
    });
}

#[test]
fn savepoints_take_a_transaction_up_again() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(TransactionOptions::new());
        let [a, b, c] = ["a", "b", "c"].map(|id| Grid::new(&USERS, vec![user(id, &format!("{id}@x"), 1)]));
        write(&mut *connection, &[a.insert(), Step::Savepoint(1), b.insert()]).await.unwrap();
        let error = write(&mut *connection, &[a.insert()]).await.unwrap_err();
        assert!(error.is_unique_violation());
        assert!(is_aborted(&write(&mut *connection, &[c.insert()]).await.unwrap_err()));

        write(&mut *connection, &[Step::RollbackTo(1), c.insert()]).await.unwrap();
        write(&mut *connection, &[Step::RollbackTo(1), c.insert(), Step::Release(1)]).await.unwrap();
        connection.commit().await.unwrap();
        let ids: Vec<_> = by_keys(&mut *connection, &USERS, &["a", "b", "c"]).await.unwrap();
        assert!(ids == [user("a", "a@x", 1), user("c", "c@x", 1)]);
        // A savepoint ends with its transaction.
        connection.begin(TransactionOptions::new());
        assert!(write(&mut *connection, &[Step::RollbackTo(1)]).await.is_err());
    });
}

#[test]
fn beginning_and_ending_cost_nothing_by_themselves() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let before = driver.status().round_trips;
        connection.begin(TransactionOptions::new());
        connection.commit().await.unwrap();
        connection.begin(TransactionOptions::new());
        connection.rollback().await.unwrap();
        connection.begin(TransactionOptions::new());
        connection.write(&Batch { steps: &[], commit: true }).await.unwrap();
        assert!(!connection.in_transaction());
        assert_eq!(driver.status().round_trips, before);

        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        connection.write(&Batch { steps: &[], commit: true }).await.unwrap();
        assert_eq!(driver.status().round_trips, before + 2);
        assert_eq!(count(&mut *connection, "users").await, 1);
    });
}

#[test]
fn a_read_only_transaction_refuses_to_write() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let a = Grid::new(&USERS, vec![user("a", "a@x", 1)]);
        connection.begin(TransactionOptions::new().read_only());
        assert_eq!(count(&mut *connection, "users").await, 0);
        let error = write(&mut *connection, &[a.insert()]).await.unwrap_err();
        assert_eq!(error.sqlstate(), Some("25006"), "{error}");
        assert!(is_aborted(&connection.texts("SELECT 1", &[]).await.unwrap_err()));
        connection.rollback().await.unwrap();

        connection.begin(TransactionOptions::new().read_only());
        let error = connection.script("DELETE FROM users").await.unwrap_err();
        assert!(error.to_string().contains("reading only"), "{error}");
        connection.rollback().await.unwrap();
        write(&mut *connection, &[a.insert()]).await.unwrap();
    });
}

#[test]
fn a_connection_for_reading_refuses_to_write() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Read).await.unwrap();
        let a = Grid::new(&USERS, vec![user("a", "a@x", 1)]);
        let error = write(&mut *connection, &[a.insert()]).await.unwrap_err();
        assert!(error.is_usage(), "{error}");
        assert!(connection.load(&USERS, &mut Some((USERS.all(), &a))).await.unwrap_err().is_usage());
        assert!(connection.script("INSERT INTO events (user_id) VALUES ('a')").await.is_err());
        assert!(connection.texts("DELETE FROM users RETURNING id", &[]).await.is_err());
        drop(connection);
        // In memory it is the same connection that is lent next.
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        write(&mut *connection, &[a.insert()]).await.unwrap();
    });
}

#[test]
fn what_cannot_be_stored_is_named_and_sent_nowhere() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(TransactionOptions::new());
        let long = "x".repeat(37);
        let before = driver.status().round_trips;
        let error = write(&mut *connection, &[Grid::new(&USERS, vec![user(&long, "a@x", 1)]).insert()])
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "insert into users: column users.id: the text is longer than 36 characters"
        );
        assert_eq!(driver.status().round_trips, before);
        assert!(is_aborted(&connection.texts("SELECT 1", &[]).await.unwrap_err()));
        connection.rollback().await.unwrap();
        assert!(by_keys(&mut *connection, &USERS, &["\0"]).await.unwrap_err().is_value());

        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        connection.commit().await.unwrap();
        assert_eq!(count(&mut *connection, "users").await, 1);
    });
}

#[test]
fn locking_changes_nothing_where_the_writer_is_alone() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(TransactionOptions::new());
        insert(&mut *connection, &USERS, vec![user("a", "a@x", 1)]).await;
        let keys = Grid::new(&USERS, vec![user("a", "", 0)]);
        let query = Query::Keys { table: &USERS, keys: &keys, lock: Lock::ForUpdate };
        let found = Sink::rows(connection.fetch(&query, Sink::boxed(&USERS)).await.unwrap());
        assert!(found == [user("a", "a@x", 1)]);
    });
}
