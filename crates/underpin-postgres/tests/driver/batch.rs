//! Writing: what is sent, what comes back, and what goes wrong.

use underpin_core::{ColumnSet, Datum};
use underpin_sql::driver::{Batch, Step, TransactionOptions};
use underpin_sql::{Write, WriteKind};

use crate::rows::{Rows, int, text};
use crate::scratch::{Scratch, fetch, insert, write};
use crate::tables::{EVENTS, TICKS, USERS};
use crate::transaction::user;

pub(crate) fn change(rows: &Rows, versioned: bool) -> Write<'_> {
    Write {
        table: rows.table,
        kind: WriteKind::Update,
        columns: rows.columns,
        returning: ColumnSet::EMPTY,
        versioned,
        rows,
    }
}

pub(crate) fn delete(rows: &Rows, versioned: bool) -> Write<'_> {
    Write {
        table: rows.table,
        kind: WriteKind::Delete,
        columns: ColumnSet::EMPTY,
        returning: ColumnSet::EMPTY,
        versioned,
        rows,
    }
}

#[tokio::test]
async fn a_mixed_flush_is_one_round_trip() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let olds = vec![user("a"), user("b"), user("c")];
    let first = Rows::new(&USERS, olds.clone());
    write(&mut *connection, vec![insert(&first, ColumnSet::EMPTY)], true).await.unwrap();

    let aged = |id: &str| vec![text(id), text(&format!("{id}@x")), int(31), int(1)];
    let changed = Rows::change(&USERS, &[2], vec![user("a"), user("b")], vec![aged("a"), aged("b")]);
    let gone = Rows::change(&USERS, &[], vec![user("c")], vec![user("c")]);
    let added = Rows::new(&USERS, vec![user("d"), user("e")]);
    let happened = Rows::of(&EVENTS, &[1, 2], vec![vec![int(0), text("d"), text("registered")]]);
    let flush = || {
        vec![
            delete(&gone, true),
            change(&changed, true),
            insert(&added, ColumnSet::EMPTY),
            insert(&happened, ColumnSet::of(&[0, 2])),
        ]
    };
    let (returned, statements, round_trips) = scratch
        .counted(async {
            connection.begin(TransactionOptions::new());
            write(&mut *connection, flush(), true).await.unwrap()
        })
        .await;
    assert_eq!(returned, [vec![], vec![], vec![], vec![vec![int(1), text("registered")]]]);
    assert_eq!((statements, round_trips), (4, 2), "one round trip to prepare, one for everything");
    assert_eq!(
        scratch.text("SELECT string_agg(id || age || version, ',' ORDER BY id) FROM users").await.as_deref(),
        Some("a312,b312,d301,e301")
    );
}

/// The server plans a statement for the parameters at hand five times, and then keeps one plan for all, unless that
/// plan looks dearer.
#[tokio::test]
async fn the_server_keeps_the_plans_of_checked_writes() {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users SELECT n::text, n::text, 1, 1 FROM generate_series(1, 90) n").await;
    let mut connection = scratch.connection().await;
    let row = |id: i64| vec![text(&id.to_string()), text(&id.to_string()), int(2), int(1)];
    for step in 0..9 {
        let rows = |from: i64| (from..from + 5).map(row).collect::<Vec<_>>();
        let (olds, removed) = (rows(1 + step * 10), rows(6 + step * 10));
        let changed = Rows::change(&USERS, &[2], olds.clone(), olds);
        let gone = Rows::change(&USERS, &[], removed.clone(), removed);
        let told = Write { returning: ColumnSet::of(&[1]), ..change(&changed, true) };
        let writes =
            if step % 2 == 0 { vec![delete(&gone, true), told] } else { vec![change(&changed, true)] };
        for write_one in writes {
            for _ in 0..2 {
                connection.begin(TransactionOptions::new());
                write(&mut *connection, vec![Write { ..write_one }], false).await.unwrap();
                connection.rollback().await.unwrap();
            }
        }
    }
    let plans = connection
        .texts(
            "SELECT custom_plans::text FROM pg_prepared_statements \
             WHERE statement LIKE 'WITH changed%' AND generic_plans > 0",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(plans, vec![vec![Some("5".to_owned())]; 3]);
}

#[tokio::test]
async fn one_statement_is_sent_without_begin_and_commit() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    connection.texts("SELECT 1", &[]).await.unwrap();
    for (name, many) in [("a", false), ("b", true)] {
        let mut users = vec![user(name)];
        if many {
            users.push(user("c"));
        }
        let rows = Rows::new(&USERS, users);
        connection.begin(TransactionOptions::new());
        write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
        assert!(!connection.in_transaction());
    }
    // Each was a transaction of its own: xmin counts them, and a wrapped one would have its statements' time apart.
    assert_eq!(scratch.text("SELECT count(DISTINCT xmin::text) FROM users").await.as_deref(), Some("2"));
}

#[tokio::test]
async fn a_batch_outside_a_transaction_is_one_of_its_own() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let (a, b) = (Rows::new(&USERS, vec![user("a")]), Rows::new(&USERS, vec![user("b")]));
    let writes =
        vec![insert(&b, ColumnSet::of(&[3])), insert(&a, ColumnSet::of(&[3])), insert(&a, ColumnSet::EMPTY)];
    write(&mut *connection, writes, false).await.unwrap_err();
    assert!(!connection.in_transaction());
    assert_eq!(scratch.count(&USERS).await, 0);
    write(&mut *connection, vec![insert(&b, ColumnSet::EMPTY), insert(&a, ColumnSet::of(&[3]))], false)
        .await
        .unwrap();
    assert!(!connection.in_transaction());
    assert_eq!(scratch.count(&USERS).await, 2);
}

#[tokio::test]
async fn generated_values_come_back_in_the_order_of_the_rows() {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users VALUES ('a', 'a@x', 1, 1)").await;
    let mut connection = scratch.connection().await;
    let many: Vec<_> = (0..500).map(|n| vec![int(0), text("a"), text(&format!("{n}"))]).collect();
    let rows = Rows::of(&EVENTS, &[1, 2], many);
    let returned = write(&mut *connection, vec![insert(&rows, ColumnSet::of(&[0, 2]))], true).await.unwrap();
    let expected: Vec<_> = (0..500).map(|n| vec![int(n + 1), text(&format!("{n}"))]).collect();
    assert_eq!(returned, [expected]);

    // A row of nothing but defaults has no column to carry an array.
    let ticks = Rows::of(&TICKS, &[], vec![vec![Datum::Null]; 3]);
    let (returned, statements, round_trips) =
        scratch.counted(write(&mut *connection, vec![insert(&ticks, ColumnSet::of(&[0]))], true)).await;
    assert_eq!(returned.unwrap(), [vec![vec![int(1)], vec![int(2)], vec![int(3)]]]);
    assert_eq!((statements, round_trips), (3, 2));
    let none = Rows::new(&USERS, Vec::new());
    let returned = write(&mut *connection, vec![insert(&none, USERS.all())], true).await.unwrap();
    assert_eq!(returned, [Vec::<Vec<Datum>>::new()]);
}

#[tokio::test]
async fn stale_rows_are_named_and_nothing_of_the_flush_remains() {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users SELECT n::text, n::text, 1, 1 FROM generate_series(1, 5) n").await;
    let mut connection = scratch.connection().await;
    let row =
        |id: i64, version: i64| vec![text(&id.to_string()), text(&id.to_string()), int(2), int(version)];
    let added = Rows::new(&USERS, vec![user("new")]);
    for (olds, stale) in [
        (vec![row(1, 1), row(2, 1), row(3, 7), row(4, 8)], 2),
        (vec![row(9, 1), row(2, 1)], 0),
        (vec![row(5, 2)], 0),
    ] {
        let changed = Rows::change(&USERS, &[2], olds.clone(), olds.clone());
        for stale_write in [change(&changed, true), delete(&changed, true)] {
            let verb =
                if stale_write.kind == WriteKind::Update { "update users" } else { "delete from users" };
            connection.begin(TransactionOptions::new());
            let writes = vec![insert(&added, ColumnSet::EMPTY), stale_write];
            let error = write(&mut *connection, writes, true).await.unwrap_err();
            assert!(error.is_stale() && error.to_string().starts_with(verb), "{error}");
            assert_eq!(error.table(), Some("users"));
            assert_eq!(error.key(), Some("text"), "the key is what the rows call it");
            let underpin_core::ErrorKind::Stale(found) = error.kind() else { panic!("{error}") };
            assert_eq!(found.row, stale);
            connection.rollback().await.unwrap();
        }
    }
    assert_eq!(scratch.text("SELECT count(*) FROM users WHERE version = 1").await.as_deref(), Some("5"));
}

#[tokio::test]
async fn constraints_are_told_with_their_facts_and_without_values() {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users VALUES ('a', 'secret@x', 1, 1)").await;
    let mut connection = scratch.connection().await;
    let email = Rows::new(&USERS, vec![vec![text("b"), text("secret@x"), int(1), int(1)]]);
    let age = Rows::new(&USERS, vec![vec![text("b"), text("b"), int(-4_711), int(1)]]);
    let missing = Rows::new(&USERS, vec![vec![text("b"), Datum::Null, int(1), int(1)]]);
    let orphan = Rows::of(&EVENTS, &[1], vec![vec![int(0), text("secret"), text("")]]);
    for (rows, constraint, column, sqlstate) in [
        (&email, Some("uq_users_email"), None, "23505"),
        (&age, Some("ck_users_age"), None, "23514"),
        (&missing, None, Some("email"), "23502"),
        (&orphan, Some("fk_events_user_id"), None, "23503"),
    ] {
        let error = write(&mut *connection, vec![insert(rows, ColumnSet::EMPTY)], true).await.unwrap_err();
        let shown = format!("{error} {error:?} {:?}", error.hint());
        assert_eq!((error.constraint(), error.column()), (constraint, column), "{shown}");
        assert_eq!((error.table(), error.sqlstate()), (Some(rows.table.name), Some(sqlstate)), "{shown}");
        assert!(error.to_string().starts_with(&format!("insert into {}: ", rows.table.name)), "{shown}");
        assert!(!shown.contains("secret") && !shown.contains("4711"), "{shown}");
    }
    // A row that others refer to.
    scratch.script("INSERT INTO events (user_id) VALUES ('a')").await;
    let gone = Rows::change(&USERS, &[], vec![user("a")], vec![user("a")]);
    let error = write(&mut *connection, vec![delete(&gone, false)], true).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
}

#[tokio::test]
async fn the_first_error_of_a_flush_is_told() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let fine = Rows::new(&USERS, vec![user("a")]);
    let orphan = Rows::of(&EVENTS, &[1], vec![vec![int(0), text("nobody"), text("")]]);
    let twice = Rows::new(&USERS, vec![user("b"), user("b")]);
    let steps = [
        Step::Write(insert(&fine, ColumnSet::of(&[0]))),
        Step::Write(insert(&twice, ColumnSet::EMPTY)),
        Step::Write(insert(&orphan, ColumnSet::EMPTY)),
        Step::Savepoint(1),
    ];
    connection.begin(TransactionOptions::new());
    let error = connection.write(&Batch { steps: &steps, commit: true }).await.unwrap_err();
    assert!(error.is_unique_violation() && error.to_string().starts_with("insert into users: "), "{error}");
    connection.rollback().await.unwrap();
    assert_eq!(scratch.count(&USERS).await, 0);

    // A value that does not fit is noticed after BEGIN has gone out.
    let unfit =
        Rows::new(&USERS, vec![vec![text("c"), text("far too long for this column"), int(1), int(1)]]);
    connection.begin(TransactionOptions::new());
    let writes = vec![insert(&fine, ColumnSet::of(&[0])), insert(&unfit, ColumnSet::EMPTY)];
    let error = write(&mut *connection, writes, true).await.unwrap_err();
    assert!(error.is_value() && error.column() == Some("email"), "{error}");
    drop(connection);
    assert_eq!(scratch.count(&USERS).await, 0);
    assert_eq!(
        scratch.text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'").await.as_deref(),
        Some("0")
    );
}

#[tokio::test]
async fn a_table_altered_meanwhile_is_written_anew() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let a = Rows::new(&USERS, vec![user("a")]);
    write(&mut *connection, vec![insert(&a, USERS.all())], true).await.unwrap();
    scratch.script("ALTER TABLE users ALTER email TYPE text").await;
    let (b, c) = (Rows::new(&USERS, vec![user("b")]), Rows::new(&USERS, vec![user("c")]));
    connection.begin(TransactionOptions::new());
    let writes = vec![insert(&b, USERS.all()), insert(&c, USERS.all())];
    write(&mut *connection, writes, true).await.unwrap();
    // The statement is gone altogether, as behind a pooler that changed the server.
    connection.texts("DEALLOCATE ALL", &[]).await.unwrap();
    let d = Rows::new(&USERS, vec![user("d")]);
    connection.begin(TransactionOptions::new());
    write(&mut *connection, vec![insert(&d, USERS.all())], false).await.unwrap();
    connection.commit().await.unwrap();
    assert_eq!(fetch(&mut *connection, &USERS, None).await.unwrap().len(), 4);
}
