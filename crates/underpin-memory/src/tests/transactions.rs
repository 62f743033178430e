//! Transactions beside each other, savepoints, and what a failure leaves.

use super::tables::{GRANDCHILDREN, OWNED, PARENTS, PLAIN, USERS};
use super::*;
use underpin_sql::{Change, ChangeKind, Conflict, Insert};

fn user(id: i64, email: &str, version: i64) -> [Datum; 4] {
    [int(id), text(email), NULL, int(version)]
}

/// A store with users 1 and 2.
fn users() -> MemoryDriver {
    let driver = store(&[&USERS]);
    write(&mut connect(&driver), &[insert(&USERS, &[user(1, "a", 1), user(2, "b", 1)])]).unwrap();
    driver
}

fn rename(id: i64, email: &str, version: i64, to: &str) -> Group {
    update(&USERS, 1, &[(user(id, email, version), text(to))])
}

/// Changes a user's email as a program without versions would.
fn overwrite(id: i64, to: &str) -> Group {
    Group { versioned: false, ..rename(id, "", 1, to) }
}

fn emails(rows: &[Vec<Datum>]) -> Vec<Datum> {
    rows.iter().map(|row| row[1].clone()).collect()
}

fn lock(connection: &mut Box<dyn Connection>, id: i64) {
    let keys = [id];
    let rows = KeyRows::new(&USERS, &keys);
    fetch(connection, &Query::Keys { table: &USERS, keys: &rows, lock: Lock::ForUpdate }).unwrap();
}

#[test]
fn nobody_sees_what_is_not_committed() {
    let driver = users();
    let mut connection = begin(&driver);
    write(&mut connection, &[rename(1, "a", 1, "x"), insert(&USERS, &[user(3, "c", 1)])]).unwrap();
    assert_eq!(emails(&all(&mut connection, &USERS)), [text("x"), text("b"), text("c")]);
    assert_eq!(emails(&committed(&driver, &USERS)), [text("a"), text("b")]);
    now(connection.commit()).unwrap();
    assert_eq!(emails(&committed(&driver, &USERS)), [text("x"), text("b"), text("c")]);
}

#[test]
fn rolling_back_and_dropping_take_everything_back() {
    let driver = users();
    let mut connection = begin(&driver);
    write(&mut connection, &[rename(1, "a", 1, "x")]).unwrap();
    now(connection.rollback()).unwrap();
    assert!(!connection.in_transaction());
    connection.begin(TransactionOptions::new());
    write(&mut connection, &[rename(1, "a", 1, "y")]).unwrap();
    drop(connection);
    assert_eq!(emails(&committed(&driver, &USERS)), [text("a"), text("b")]);
}

#[test]
fn a_batch_that_fails_is_not_kept_in_part() {
    let driver = users();
    let mut connection = connect(&driver);
    let error = write(&mut connection, &[rename(1, "a", 1, "x"), rename(2, "b", 1, "x")]).unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!(emails(&committed(&driver, &USERS)), [text("a"), text("b")]);
}

#[test]
fn who_commits_second_is_stale() {
    let driver = users();
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    write(&mut first, &[rename(1, "a", 1, "x")]).unwrap();
    write(&mut second, &[rename(2, "b", 1, "y"), rename(1, "a", 1, "z")]).unwrap();
    now(first.commit()).unwrap();
    let error = now(second.commit()).unwrap_err();
    assert!(error.is_stale(), "{error}");
    assert_eq!((error.table(), error.key()), (Some("users"), Some("number 0")));
    assert_eq!(emails(&committed(&driver, &USERS)), [text("x"), text("b")]);
    // It is over, and says so until it is rolled back.
    assert!(write(&mut second, &[rename(2, "b", 1, "y")]).unwrap_err().is_usage());
    now(second.rollback()).unwrap();
    write(&mut second, &[rename(2, "b", 1, "y")]).unwrap();
}

#[test]
fn a_value_that_was_taken_meanwhile_is_a_violation() {
    let driver = users();
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    write(&mut first, &[insert(&USERS, &[user(3, "c", 1)])]).unwrap();
    write(&mut second, &[insert(&USERS, &[user(4, "c", 1)])]).unwrap();
    now(first.commit()).unwrap();
    let error = now(second.commit()).unwrap_err();
    assert_eq!(error.constraint(), Some("uq_users_email"));
    assert_eq!(committed(&driver, &USERS).len(), 3);
}

/// Inserts a user unless somebody has the email; tells how many were inserted.
fn insert_unless_taken(connection: &mut Box<dyn Connection>, user: [Datum; 4]) -> u64 {
    let given = insert(&USERS, &[user]);
    let conflict = Conflict { columns: vec![1], update: ColumnSet::EMPTY };
    let insert = Insert { columns: given.columns, rows: &given.rows, conflict: Some(&conflict) };
    let change = Change { kind: ChangeKind::Insert(insert), of: Select::new(&USERS) };
    let keep = Keep { table: &USERS, rows: Vec::new() };
    now(connection.change(&change, Box::new(keep))).unwrap().0
}

#[test]
fn who_was_told_that_a_row_is_inserted_has_inserted_it() {
    let driver = users();
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    assert_eq!(insert_unless_taken(&mut first, user(3, "c", 1)), 1);
    assert_eq!(insert_unless_taken(&mut second, user(4, "c", 1)), 1);
    now(first.commit()).unwrap();
    assert!(now(second.commit()).unwrap_err().is_retryable());
    let mut again = begin(&driver);
    assert_eq!(insert_unless_taken(&mut again, user(4, "c", 1)), 0);
    now(again.commit()).unwrap();
    assert_eq!(committed(&driver, &USERS).len(), 3);
}

#[test]
fn a_reference_whose_row_went_meanwhile_is_a_violation() {
    let driver = store(&[&PARENTS, &PLAIN]);
    let parent = [int(1), text("code")];
    write(&mut connect(&driver), &[insert(&PARENTS, std::slice::from_ref(&parent))]).unwrap();
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    write(&mut first, &[delete(&PARENTS, &[parent])]).unwrap();
    write(&mut second, &[insert(&PLAIN, &[[int(10), int(1)]])]).unwrap();
    now(first.commit()).unwrap();
    assert!(now(second.commit()).unwrap_err().is_foreign_key_violation());
}

#[test]
fn a_cascade_takes_what_was_added_meanwhile() {
    let driver = store(&[&PARENTS, &OWNED, &GRANDCHILDREN]);
    let parent = [int(1), text("code")];
    write(&mut connect(&driver), &[insert(&PARENTS, std::slice::from_ref(&parent))]).unwrap();
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    write(&mut second, &[delete(&PARENTS, &[parent])]).unwrap();
    write(&mut first, &[insert(&OWNED, &[[int(10), int(1)]])]).unwrap();
    now(first.commit()).unwrap();
    now(second.commit()).unwrap();
    assert_eq!(committed(&driver, &OWNED).len(), 0);
}

#[test]
fn transactions_that_do_not_meet_both_commit() {
    let driver = users();
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    write(&mut first, &[rename(1, "a", 1, "x")]).unwrap();
    write(&mut second, &[update(&USERS, 2, &[(user(2, "b", 1), text("Bea"))])]).unwrap();
    now(first.commit()).unwrap();
    now(second.commit()).unwrap();
    let expected = [user(1, "x", 2), [int(2), text("b"), text("Bea"), int(2)]];
    assert_eq!(committed(&driver, &USERS), expected);
}

#[test]
fn each_request_sees_what_was_committed_before_it() {
    let driver = users();
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    assert_eq!(all(&mut second, &USERS).len(), 2);
    write(&mut first, &[insert(&USERS, &[user(3, "c", 1)])]).unwrap();
    now(first.commit()).unwrap();
    assert_eq!(all(&mut second, &USERS).len(), 3);

    // After it has written, too; and what it writes is compared with what it sees.
    write(&mut second, &[insert(&USERS, &[user(4, "d", 1)])]).unwrap();
    write(&mut connect(&driver), &[rename(1, "a", 1, "e")]).unwrap();
    assert_eq!(emails(&all(&mut second, &USERS)), ["e", "b", "c", "d"].map(text));
    let error = write(&mut second, &[rename(1, "a", 1, "f")]).unwrap_err();
    assert!(error.is_stale(), "{error}");
}

#[test]
fn where_states_do_not_fit_the_commit_says_so() {
    let driver = users();
    let mut connection = begin(&driver);
    write(&mut connection, &[rename(1, "a", 1, "x")]).unwrap();
    write(&mut connect(&driver), &[rename(1, "a", 1, "y")]).unwrap();
    assert_eq!(emails(&all(&mut connection, &USERS)), [text("x"), text("b")]);
    assert!(now(connection.commit()).unwrap_err().is_stale());
    assert_eq!(emails(&committed(&driver, &USERS)), [text("y"), text("b")]);
}

#[test]
fn one_state_is_seen_where_isolation_says_so() {
    let driver = users();
    for isolation in [Isolation::RepeatableRead, Isolation::Serializable] {
        let options = TransactionOptions::new().isolation(isolation);
        let mut connection = begin_with(&driver, options);
        let before = all(&mut connection, &USERS);
        let id = i64::try_from(before.len()).unwrap() + 1;
        write(&mut connect(&driver), &[insert(&USERS, &[user(id, &id.to_string(), 1)])]).unwrap();
        assert_eq!(all(&mut connection, &USERS), before);
        // Who has only read has done so at one moment.
        now(connection.commit()).unwrap();
    }
    assert_eq!(committed(&driver, &USERS).len(), 4);
}

#[test]
fn a_changed_row_cannot_be_serialized() {
    let driver = users();
    let mut connection = begin_with(&driver, TransactionOptions::new().isolation(Isolation::RepeatableRead));
    all(&mut connection, &USERS);
    write(&mut connect(&driver), &[overwrite(1, "x")]).unwrap();
    write(&mut connection, &[overwrite(1, "y")]).unwrap();
    assert!(now(connection.commit()).unwrap_err().is_retryable());

    // Another row can, unless what was read counts as well.
    for (isolation, fails) in [(Isolation::RepeatableRead, false), (Isolation::Serializable, true)] {
        let mut connection = begin_with(&driver, TransactionOptions::new().isolation(isolation));
        all(&mut connection, &USERS);
        let name = format!("{isolation:?}");
        write(&mut connect(&driver), &[overwrite(1, &name)]).unwrap();
        write(&mut connection, &[overwrite(2, "z")]).unwrap();
        let result = now(connection.commit());
        assert_eq!(result.is_err_and(|error| error.is_retryable()), fails, "{isolation:?}");
    }
}

#[test]
fn a_locked_row_is_never_overwritten_in_silence() {
    let driver = users();
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    lock(&mut first, 1);
    lock(&mut second, 1);
    write(&mut first, &[overwrite(1, "first")]).unwrap();
    write(&mut second, &[overwrite(1, "second")]).unwrap();
    now(first.commit()).unwrap();
    assert!(now(second.commit()).unwrap_err().is_retryable());
    assert_eq!(emails(&committed(&driver, &USERS)), [text("first"), text("b")]);

    // Without the lock the last one wins, as in a database.
    let (mut first, mut second) = (begin(&driver), begin(&driver));
    write(&mut first, &[overwrite(1, "third")]).unwrap();
    write(&mut second, &[overwrite(1, "fourth")]).unwrap();
    now(first.commit()).unwrap();
    now(second.commit()).unwrap();
    assert_eq!(emails(&committed(&driver, &USERS)), [text("fourth"), text("b")]);
}

#[test]
fn a_failure_aborts_the_transaction() {
    let driver = users();
    let mut connection = begin(&driver);
    write(&mut connection, &[rename(1, "a", 1, "x")]).unwrap();
    assert!(write(&mut connection, &[rename(2, "b", 1, "x")]).unwrap_err().is_unique_violation());
    let select = Select::new(&USERS);
    assert!(fetch(&mut connection, &Query::Select(&select)).unwrap_err().is_usage());
    assert!(step(&mut connection, Step::RollbackTo(1)).unwrap_err().to_string().contains("savepoint 1"));
    assert!(now(connection.commit()).unwrap_err().is_usage());
    assert!(connection.in_transaction());
    now(connection.rollback()).unwrap();
    assert_eq!(emails(&all(&mut connection, &USERS)), [text("a"), text("b")]);
}

#[test]
fn a_savepoint_is_gone_back_to_again_and_again() {
    let driver = users();
    let mut connection = begin(&driver);
    write(&mut connection, &[rename(1, "a", 1, "x")]).unwrap();
    step(&mut connection, Step::Savepoint(1)).unwrap();
    write(&mut connection, &[delete(&USERS, &[user(2, "b", 1)])]).unwrap();
    step(&mut connection, Step::Savepoint(2)).unwrap();
    write(&mut connection, &[insert(&USERS, &[user(3, "c", 1)])]).unwrap();
    assert!(write(&mut connection, &[insert(&USERS, &[user(3, "d", 1)])]).unwrap_err().is_unique_violation());

    step(&mut connection, Step::RollbackTo(2)).unwrap();
    assert_eq!(emails(&all(&mut connection, &USERS)), [text("x")]);
    step(&mut connection, Step::RollbackTo(1)).unwrap();
    assert_eq!(emails(&all(&mut connection, &USERS)), [text("x"), text("b")]);
    // The later one went with what came after the earlier one; that ends the transaction until it goes back again.
    let error = step(&mut connection, Step::RollbackTo(2)).unwrap_err();
    assert_eq!(error.sqlstate(), Some("3B001"));
    let again = insert(&USERS, &[user(4, "d", 1)]);
    let steps = [Step::RollbackTo(1), again.step()];
    now(connection.write(&Batch { steps: &steps, commit: true })).unwrap();
    assert_eq!(emails(&committed(&driver, &USERS)), [text("x"), text("b"), text("d")]);
}

#[test]
fn a_released_savepoint_leaves_what_was_done() {
    let driver = users();
    let mut connection = begin(&driver);
    step(&mut connection, Step::Savepoint(1)).unwrap();
    write(&mut connection, &[rename(1, "a", 1, "x")]).unwrap();
    step(&mut connection, Step::Savepoint(2)).unwrap();
    step(&mut connection, Step::Release(1)).unwrap();
    assert_eq!(step(&mut connection, Step::RollbackTo(2)).unwrap_err().sqlstate(), Some("3B001"));
    now(connection.rollback()).unwrap();

    connection.begin(TransactionOptions::new());
    step(&mut connection, Step::Savepoint(1)).unwrap();
    write(&mut connection, &[rename(1, "a", 1, "x")]).unwrap();
    step(&mut connection, Step::Release(1)).unwrap();
    now(connection.commit()).unwrap();
    assert_eq!(emails(&committed(&driver, &USERS)), [text("x"), text("b")]);
}

#[test]
fn a_batch_alone_is_a_transaction_with_savepoints_of_its_own() {
    let driver = users();
    let mut connection = connect(&driver);
    let (kept, undone) = (rename(1, "a", 1, "x"), rename(2, "b", 1, "y"));
    let steps = [kept.step(), Step::Savepoint(1), undone.step(), Step::RollbackTo(1)];
    now(connection.write(&Batch { steps: &steps, commit: false })).unwrap();
    assert!(!connection.in_transaction());
    assert_eq!(emails(&committed(&driver, &USERS)), [text("x"), text("b")]);
    assert_eq!(step(&mut connection, Step::RollbackTo(1)).unwrap_err().sqlstate(), Some("3B001"));
}

#[test]
fn going_back_keeps_what_others_committed() {
    let driver = users();
    let mut connection = begin(&driver);
    step(&mut connection, Step::Savepoint(1)).unwrap();
    write(&mut connection, &[rename(1, "a", 1, "x")]).unwrap();
    write(&mut connect(&driver), &[insert(&USERS, &[user(3, "c", 1)])]).unwrap();
    assert_eq!(emails(&all(&mut connection, &USERS)), ["x", "b", "c"].map(text));
    step(&mut connection, Step::RollbackTo(1)).unwrap();
    assert_eq!(emails(&all(&mut connection, &USERS)), ["a", "b", "c"].map(text));
    write(&mut connection, &[rename(2, "b", 1, "y")]).unwrap();
    now(connection.commit()).unwrap();
    assert_eq!(emails(&committed(&driver, &USERS)), ["a", "y", "c"].map(text));
}

#[test]
fn a_transaction_for_reading_refuses_to_write() {
    let driver = users();
    let mut connection = begin_with(&driver, TransactionOptions::new().read_only());
    assert_eq!(all(&mut connection, &USERS).len(), 2);
    let error = write(&mut connection, &[rename(1, "a", 1, "x")]).unwrap_err();
    assert_eq!(error.sqlstate(), Some("25006"));
}

#[test]
fn a_future_that_is_never_polled_does_nothing() {
    let driver = users();
    let mut connection = connect(&driver);
    let group = rename(1, "a", 1, "x");
    drop(connection.write(&Batch { steps: &[group.step()], commit: false }));
    assert_eq!(emails(&committed(&driver, &USERS)), [text("a"), text("b")]);
}

#[test]
fn many_threads_lose_nothing() {
    let driver = store(&[&USERS]);
    std::thread::scope(|scope| {
        for worker in 0..4_i64 {
            let driver = &driver;
            scope.spawn(move || {
                for number in 0..25 {
                    let id = worker * 100 + number;
                    let mut connection = begin(driver);
                    write(&mut connection, &[insert(&USERS, &[user(id, &id.to_string(), 1)])]).unwrap();
                    now(connection.commit()).unwrap();
                }
            });
        }
    });
    assert_eq!(committed(&driver, &USERS).len(), 100);
}
