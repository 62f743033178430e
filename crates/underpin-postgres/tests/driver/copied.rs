//! Many rows of one table as one COPY: two portions of an insert are then one statement.

use underpin_core::{ColumnSet, Datum};
use underpin_sql::driver::{Batch, Step, TransactionOptions};

use crate::codec::{assert_same, every};
use crate::rows::{Cells, Rows, int, text};
use crate::scratch::{Scratch, fetch, insert, write};
use crate::tables::{EVENTS, EVERY, USERS};
use crate::transaction::user;

fn users(ids: std::ops::Range<usize>) -> Rows {
    Rows::new(&USERS, ids.map(|id| user(&id.to_string())).collect())
}

fn events(of: std::ops::Range<usize>) -> Rows {
    let event = |id: usize| vec![int(0), text(&id.to_string()), text("registered")];
    Rows::of(&EVENTS, &[1, 2], of.map(event).collect())
}

#[tokio::test]
async fn portions_become_one_copy_among_what_stands_around_them() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let (before, first, second, after) =
        (users(9_000..9_002), users(0..3_000), users(3_000..6_000), events(0..6_000));
    let few = Rows::of(&EVENTS, &[1], vec![vec![int(0), text("1"), Datum::Null]]);
    let ((), statements, _) = scratch
        .counted(async {
            connection.begin(TransactionOptions::new());
            let none = ColumnSet::EMPTY;
            let all = [insert(&few, none), insert(&first, none), insert(&second, none), insert(&after, none)];
            write(&mut *connection, vec![insert(&before, none)], false).await.unwrap();
            let [few, first, second, after] = all;
            write(&mut *connection, vec![first, second, few, after], true).await.unwrap();
        })
        .await;
    // Two users, the look at each table, a COPY of users, an event, a COPY of events.
    assert_eq!(statements, 4);
    assert!(!connection.in_transaction());
    let sql = "SELECT count(*) || ' ' || (SELECT count(*) FROM events) || ' ' || count(DISTINCT xmin::text) FROM users";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("6002 6001 1"));
}

#[tokio::test]
async fn a_copy_alone_needs_no_transaction_of_ours() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let mut costs = Vec::new();
    for step in 0..2 {
        let rows = users(step * 6_000..(step + 1) * 6_000);
        let (written, statements, round_trips) =
            scratch.counted(write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true)).await;
        written.unwrap();
        assert!(!connection.in_transaction());
        costs.push((statements, round_trips));
    }
    // At first the table is looked at, and the insert is prepared, whose types the COPY needs.
    assert_eq!(costs, [(1, 2), (1, 1)]);
    assert_eq!(scratch.count(&USERS).await, 12_000);
}

#[tokio::test]
async fn every_type_is_copied_as_it_is_inserted() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let kinds = every();
    let many: Vec<Cells> = (0..6_000)
        .map(|n| {
            let mut row = kinds[n % kinds.len()].clone();
            row[0] = int(n as i64);
            row
        })
        .collect();
    let rows = Rows::new(&EVERY, many.clone());
    let (written, statements, _) =
        scratch.counted(write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true)).await;
    written.unwrap();
    assert_eq!(statements, 1);
    assert_same(&EVERY, fetch(&mut *connection, &EVERY, None).await.unwrap(), many);
}

#[tokio::test]
async fn triggers_are_heeded_and_rules_and_row_security_keep_it_away() {
    let scratch = Scratch::new().await;
    scratch
        .script(
            "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN NEW.what := upper(NEW.what); RETURN NEW; END $$;
             CREATE TRIGGER shout BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION shout();
             CREATE TABLE shadows (id text);
             CREATE RULE shadow AS ON INSERT TO users DO ALSO INSERT INTO shadows VALUES (NEW.id);",
        )
        .await;
    let mut connection = scratch.connection().await;
    let (first, second, happened) = (users(0..3_000), users(3_000..6_000), events(0..6_000));
    let none = ColumnSet::EMPTY;
    let (written, statements, _) = scratch
        .counted(write(
            &mut *connection,
            vec![insert(&first, none), insert(&second, none), insert(&happened, none)],
            true,
        ))
        .await;
    written.unwrap();
    assert_eq!(statements, 3);
    let sql = "SELECT (SELECT count(*) FROM shadows) || ' ' || count(*) || ' ' || min(what) FROM events";
    assert_eq!(scratch.text(sql).await.as_deref(), Some("6000 6000 REGISTERED"));

    let scratch = Scratch::new().await;
    scratch.script("ALTER TABLE users ENABLE ROW LEVEL SECURITY").await;
    let mut connection = scratch.connection().await;
    let (written, statements, _) = scratch
        .counted(write(&mut *connection, vec![insert(&first, none), insert(&second, none)], true))
        .await;
    written.unwrap();
    assert_eq!(statements, 2);
}

#[tokio::test]
async fn what_gives_something_back_is_inserted() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let none = ColumnSet::EMPTY;
    write(&mut *connection, vec![insert(&users(0..3_000), none)], true).await.unwrap();
    let (first, second) = (events(0..3_000), events(0..3_000));
    let back = ColumnSet::of(&[0]);
    let (written, statements, _) = scratch
        .counted(write(&mut *connection, vec![insert(&first, back), insert(&second, back)], true))
        .await;
    assert_eq!(written.unwrap().iter().map(Vec::len).collect::<Vec<_>>(), [3_000, 3_000]);
    assert_eq!(statements, 2);
}

#[tokio::test]
async fn behind_a_pooler_nothing_is_copied() {
    let scratch = Scratch::with("pool_size=1&max_overflow=0&prepared_statements=false").await;
    let mut connection = scratch.connection().await;
    let (first, second) = (users(0..3_000), users(3_000..6_000));
    let none = ColumnSet::EMPTY;
    let (written, statements, _) = scratch
        .counted(write(&mut *connection, vec![insert(&first, none), insert(&second, none)], true))
        .await;
    written.unwrap();
    assert_eq!(statements, 2);
    drop(connection);
    assert_eq!(scratch.count(&USERS).await, 6_000);
}

#[tokio::test]
async fn what_fails_names_the_table_and_leaves_nothing() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let none = ColumnSet::EMPTY;
    let mut twice: Vec<Cells> = (0..6_000).map(|id| user(&id.to_string())).collect();
    twice.push(user("17"));
    let twice = Rows::new(&USERS, twice);
    let mut unfit: Vec<Cells> = (0..6_000).map(|id| user(&id.to_string())).collect();
    unfit[5_900][1] = text("far too long for this column");
    let unfit = Rows::new(&USERS, unfit);
    let orphans = events(0..6_000);
    for alone in [true, false] {
        let few = Rows::new(&USERS, vec![user("a")]);
        let mut failures = Vec::new();
        for rows in [&twice, &unfit, &orphans] {
            let mut writes = vec![insert(rows, none)];
            if !alone {
                writes.insert(0, insert(&few, none));
            }
            connection.begin(TransactionOptions::new());
            failures.push(write(&mut *connection, writes, true).await.unwrap_err());
            connection.rollback().await.unwrap();
        }
        let [twice, unfit, orphans] = &failures[..] else { panic!("three") };
        assert!(
            twice.is_unique_violation() && twice.to_string().starts_with("insert into users: "),
            "{twice}"
        );
        assert!(unfit.is_value() && unfit.column() == Some("email"), "{unfit}");
        assert!(orphans.is_foreign_key_violation(), "{orphans}");
        assert!(orphans.to_string().starts_with("insert into events: "), "{orphans}");
        assert_eq!(scratch.count(&USERS).await + scratch.count(&EVENTS).await, 0);
    }
}

#[tokio::test]
async fn a_savepoint_leads_out_of_a_failed_copy() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let none = ColumnSet::EMPTY;
    let (few, many, orphans) = (Rows::new(&USERS, vec![user("a")]), users(0..6_000), events(7_000..13_000));
    connection.begin(TransactionOptions::new());
    let steps = [Step::Write(insert(&few, none)), Step::Savepoint(1), Step::Write(insert(&many, none))];
    connection.write(&Batch { steps: &steps, commit: false }).await.unwrap();
    let error = write(&mut *connection, vec![insert(&orphans, none)], false).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    let steps = [Step::RollbackTo(1), Step::Release(1)];
    connection.write(&Batch { steps: &steps, commit: true }).await.unwrap();
    assert_eq!(scratch.count(&USERS).await, 1);
}

#[tokio::test]
async fn an_altered_table_is_copied_into_at_the_next_attempt() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let none = ColumnSet::EMPTY;
    write(&mut *connection, vec![insert(&users(0..6_000), none)], true).await.unwrap();
    scratch.script("ALTER TABLE users ALTER COLUMN age TYPE bigint").await;
    let rows = users(6_000..12_000);
    // What is held of the table is found to be wrong by the first, and forgotten; another integer is inserted, not copied.
    let first = write(&mut *connection, vec![insert(&rows, none)], true).await;
    assert!(first.is_err());
    drop(connection);
    let mut connection = scratch.connection().await;
    write(&mut *connection, vec![insert(&rows, none)], true).await.unwrap();
    drop(connection);
    assert_eq!(scratch.count(&USERS).await, 12_000);
}
