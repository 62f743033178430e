//! When BEGIN and COMMIT are sent, and what an error leaves.

use underpin_core::ColumnSet;
use underpin_sql::driver::{Batch, Isolation, Step, TransactionOptions};

use crate::rows::{Cells, Rows, int, text};
use crate::scratch::{Scratch, fetch, insert, write};
use crate::tables::{EVENTS, USERS};

pub(crate) fn user(id: &str) -> Cells {
    vec![text(id), text(&format!("{id}@x")), int(30), int(1)]
}

#[tokio::test]
async fn an_empty_transaction_sends_nothing() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let ((), statements, round_trips) = scratch
        .counted(async {
            connection.begin(TransactionOptions::new());
            assert!(connection.in_transaction());
            connection.commit().await.unwrap();
            connection.begin(TransactionOptions::new());
            connection.rollback().await.unwrap();
            connection.begin(TransactionOptions::new());
            connection.write(&Batch { steps: &[], commit: true }).await.unwrap();
            connection.commit().await.unwrap();
        })
        .await;
    assert!(!connection.in_transaction());
    assert_eq!((statements, round_trips), (0, 0));
}

#[tokio::test]
async fn begin_and_commit_travel_with_the_work() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let one = Rows::new(&USERS, vec![user("a")]);
    write(&mut *connection, vec![insert(&one, ColumnSet::EMPTY)], true).await.unwrap();
    fetch(&mut *connection, &USERS, Some(&[vec![text("a")]])).await.unwrap();

    let more = Rows::new(&USERS, vec![user("b")]);
    let ((), statements, round_trips) = scratch
        .counted(async {
            connection.begin(TransactionOptions::new());
            fetch(&mut *connection, &USERS, Some(&[vec![text("a")]])).await.unwrap();
            write(&mut *connection, vec![insert(&more, ColumnSet::EMPTY)], true).await.unwrap();
        })
        .await;
    assert_eq!((statements, round_trips), (2, 2));
    assert!(!connection.in_transaction());
    assert_eq!(scratch.count(&USERS).await, 2);
}

#[tokio::test]
async fn options_reach_the_server() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let settings = "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only'), \
                    current_setting('transaction_deferrable')";
    for (options, expected) in [
        (TransactionOptions::new(), ["read committed", "off", "off"]),
        (TransactionOptions::new().isolation(Isolation::RepeatableRead), ["repeatable read", "off", "off"]),
        (
            TransactionOptions::new().isolation(Isolation::Serializable).read_only().deferrable(),
            ["serializable", "on", "on"],
        ),
    ] {
        connection.begin(options);
        let found = connection.texts(settings, &[]).await.unwrap();
        assert_eq!(found, [expected.map(|word| Some(word.to_owned()))]);
        connection.commit().await.unwrap();
    }
    connection.begin(TransactionOptions::new().read_only());
    let rows = Rows::new(&USERS, vec![user("a")]);
    let error = write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("25006"), "{error}");
}

#[tokio::test]
async fn an_error_aborts_the_transaction_until_it_is_rolled_back() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let (a, b) = (Rows::new(&USERS, vec![user("a")]), Rows::new(&USERS, vec![user("b")]));
    connection.begin(TransactionOptions::new());
    write(&mut *connection, vec![insert(&a, ColumnSet::EMPTY)], false).await.unwrap();
    let error = write(&mut *connection, vec![insert(&a, ColumnSet::EMPTY)], false).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert!(connection.in_transaction());
    for error in [
        fetch(&mut *connection, &USERS, None).await.unwrap_err(),
        write(&mut *connection, vec![insert(&b, ColumnSet::EMPTY)], true).await.unwrap_err(),
        connection.commit().await.unwrap_err(),
    ] {
        assert!(error.is_usage() && error.to_string().contains("aborted"), "{error}");
    }
    connection.rollback().await.unwrap();
    assert!(!connection.in_transaction());
    write(&mut *connection, vec![insert(&b, ColumnSet::EMPTY)], true).await.unwrap();
    assert_eq!(scratch.text("SELECT string_agg(id, ',') FROM users").await.as_deref(), Some("b"));
}

#[tokio::test]
async fn a_failed_commit_leaves_no_transaction_on_the_server() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let (a, twice) = (Rows::new(&USERS, vec![user("a")]), Rows::new(&USERS, vec![user("a"), user("a")]));
    connection.begin(TransactionOptions::new());
    write(&mut *connection, vec![insert(&a, ColumnSet::EMPTY)], false).await.unwrap();
    write(&mut *connection, vec![insert(&twice, ColumnSet::EMPTY)], true).await.unwrap_err();
    // The server rolled back; the unit of work has to learn of it all the same.
    assert!(connection.in_transaction());
    let steps = [Step::RollbackTo(1), Step::Write(insert(&a, ColumnSet::EMPTY))];
    assert!(connection.write(&Batch { steps: &steps, commit: true }).await.unwrap_err().is_usage());
    let (rolled_back, _, round_trips) = scratch.counted(connection.rollback()).await;
    rolled_back.unwrap();
    assert_eq!(round_trips, 0);
    assert_eq!(scratch.count(&USERS).await, 0);
}

#[tokio::test]
async fn a_constraint_that_waits_for_commit_is_told_at_commit() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let event = Rows::of(&EVENTS, &[1], vec![vec![int(0), text("nobody"), text("")]]);
    connection.begin(TransactionOptions::new());
    connection.script("SET CONSTRAINTS ALL DEFERRED").await.unwrap();
    write(&mut *connection, vec![insert(&event, ColumnSet::EMPTY)], false).await.unwrap();
    let error = connection.commit().await.unwrap_err();
    assert!(error.is_foreign_key_violation() && error.to_string().starts_with("commit: "), "{error}");
    assert_eq!(error.constraint(), Some("fk_events_user_id"));
    connection.rollback().await.unwrap();

    // And the same where COMMIT rides with the batch.
    connection.begin(TransactionOptions::new());
    connection.script("SET CONSTRAINTS ALL DEFERRED").await.unwrap();
    let error = write(&mut *connection, vec![insert(&event, ColumnSet::EMPTY)], true).await.unwrap_err();
    assert!(error.is_foreign_key_violation() && error.to_string().starts_with("commit: "), "{error}");
    connection.rollback().await.unwrap();
    assert_eq!(scratch.count(&EVENTS).await, 0);
}

#[tokio::test]
async fn savepoints_bring_an_aborted_transaction_back() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let [a, b, c] = ["a", "b", "c"].map(|id| Rows::new(&USERS, vec![user(id)]));
    connection.begin(TransactionOptions::new());
    let steps = [Step::Write(insert(&a, ColumnSet::EMPTY)), Step::Savepoint(1)];
    connection.write(&Batch { steps: &steps, commit: false }).await.unwrap();
    write(&mut *connection, vec![insert(&b, ColumnSet::EMPTY)], false).await.unwrap();
    write(&mut *connection, vec![insert(&a, ColumnSet::EMPTY)], false).await.unwrap_err();
    let steps = [Step::RollbackTo(1), Step::Write(insert(&c, ColumnSet::EMPTY)), Step::Release(1)];
    connection.write(&Batch { steps: &steps, commit: true }).await.unwrap();
    assert_eq!(
        scratch.text("SELECT string_agg(id, ',' ORDER BY id) FROM users").await.as_deref(),
        Some("a,c")
    );
}

#[tokio::test]
async fn serialization_failures_and_deadlocks_can_be_retried() {
    let scratch = Scratch::new().await;
    scratch.script("INSERT INTO users VALUES ('a', 'a', 1, 1), ('b', 'b', 1, 1)").await;
    let (mut first, mut second) = (scratch.connection().await, scratch.connection().await);
    let options = TransactionOptions::new().isolation(Isolation::RepeatableRead);
    first.begin(options);
    second.begin(options);
    fetch(&mut *first, &USERS, None).await.unwrap();
    fetch(&mut *second, &USERS, None).await.unwrap();
    first.texts("UPDATE users SET age = 2 WHERE id = 'a'", &[]).await.unwrap();
    first.commit().await.unwrap();
    let error = second.texts("UPDATE users SET age = 3 WHERE id = 'a'", &[]).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    second.rollback().await.unwrap();

    first.begin(TransactionOptions::new());
    second.begin(TransactionOptions::new());
    first.texts("UPDATE users SET age = 4 WHERE id = 'a'", &[]).await.unwrap();
    second.texts("UPDATE users SET age = 4 WHERE id = 'b'", &[]).await.unwrap();
    let (one, other) = tokio::join!(
        first.texts("UPDATE users SET age = 5 WHERE id = 'b'", &[]),
        second.texts("UPDATE users SET age = 5 WHERE id = 'a'", &[]),
    );
    let error = one.err().or(other.err()).unwrap();
    assert!(error.is_retryable() && error.to_string().contains("deadlock"), "{error}");
}
