//! The runner on SQLite.

use std::sync::Barrier;
use std::thread;

use underpin_migrate::{Destination, MigrateError, Runner};

use super::revisions::{history, three_tables};
use super::sqlite::Sqlite;

/// The tables, without those of SQLite itself and the journal.
const TABLES: &str = "
SELECT name
FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'underpin_revisions'
ORDER BY name";

#[tokio::test]
async fn up_and_down_and_up_again() {
    let history = three_tables();
    let runner = Runner::new(&history).applied_by("o'neil");
    let mut target = Sqlite::memory();
    runner.upgrade(&mut target, &"b".parse().unwrap()).await.unwrap();
    assert_eq!(target.column(TABLES), ["a", "b"]);
    runner.upgrade(&mut target, &"+1".parse().unwrap()).await.unwrap();
    runner.downgrade(&mut target, &"-2".parse().unwrap()).await.unwrap();
    assert_eq!(target.column(TABLES), ["a"]);

    let applied = runner.applied(&mut target).await.unwrap();
    let [row] = applied.as_slice() else { panic!("one revision is applied: {applied:?}") };
    assert_eq!((row.revision.as_str(), row.applied_by.as_deref()), ("a", Some("o'neil")));
    assert_eq!(row.checksum, history.revision("a").unwrap().checksum());
    assert!(row.tool_version.starts_with("underpin "), "{}", row.tool_version);
    assert!(row.finished_at.as_ref().is_some_and(|finished| *finished >= row.started_at), "{row:?}");
    assert!(row.duration_ms.is_some());

    runner.downgrade(&mut target, &Destination::base()).await.unwrap();
    assert_eq!(target.column(TABLES), [""; 0]);
    runner.upgrade(&mut target, &Destination::head()).await.unwrap();
    assert_eq!(target.column(TABLES), ["a", "b", "c"]);
}

#[tokio::test]
async fn a_failed_revision_leaves_neither_tables_nor_a_row() {
    let history =
        history(&[("a", "-- +upgrade\nCREATE TABLE a (id integer);\nCREATE TABLE a (id integer);\n")]);
    let mut target = Sqlite::memory();
    let error = Runner::new(&history).upgrade(&mut target, &Destination::head()).await.unwrap_err();
    assert_eq!((error.file(), error.line()), (Some("a.sql"), Some(8)));
    assert_eq!(target.column(TABLES), [""; 0]);
    assert!(Runner::new(&history).applied(&mut target).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_body_of_a_trigger_arrives_whole() {
    let history = history(&[(
        "a",
        "-- +upgrade\n\
         CREATE TABLE a (id integer);\n\
         CREATE TABLE log (what text);\n\
         CREATE TRIGGER t AFTER INSERT ON a BEGIN\n\
         INSERT INTO log VALUES (CASE NEW.id WHEN 1 THEN 'one;' ELSE 'other' END);\n\
         INSERT INTO log VALUES ('done');\n\
         END;\n\
         INSERT INTO a VALUES (1);\n",
    )]);
    let mut target = Sqlite::memory();
    Runner::new(&history).upgrade(&mut target, &Destination::head()).await.unwrap();
    assert_eq!(target.column("SELECT what FROM log"), ["one;", "done"]);
}

#[tokio::test]
async fn a_pragma_works_outside_of_a_transaction() {
    let history = history(&[("a", "-- +upgrade sqlite no-transaction\nPRAGMA foreign_keys = OFF;\n")]);
    let mut target = Sqlite::memory();
    assert_eq!(target.column("SELECT CAST(foreign_keys AS text) FROM pragma_foreign_keys"), ["1"]);
    Runner::new(&history).upgrade(&mut target, &Destination::head()).await.unwrap();
    assert_eq!(target.column("SELECT CAST(foreign_keys AS text) FROM pragma_foreign_keys"), ["0"]);
}

#[test]
fn runners_at_the_same_time_apply_each_revision_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    // A second run of any revision would fail, or insert a second row.
    let sections = ["a", "b", "c"].map(|id| {
        let again = if id == "a" { "CREATE TABLE log (what text);\n" } else { "" };
        format!("-- +upgrade\n{again}INSERT INTO log VALUES ('{id}');\n-- +downgrade\n")
    });
    let history = history(&[("a", &sections[0]), ("b", &sections[1]), ("c", &sections[2])]);
    let planned = Barrier::new(8);
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let mut target = Sqlite::file(&path);
        let runner = Runner::new(&history);
        let head = Destination::head();
        let plan = runner.plan_upgrade(&mut target, &head);
        let plan = runtime.block_on(plan).unwrap();
        planned.wait();
        let outcome = runtime.block_on(runner.execute(&mut target, &plan));
        // Who came too late goes on with a new plan.
        runtime.block_on(runner.upgrade(&mut target, &Destination::head())).unwrap();
        outcome
    };
    let outcomes = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    let late: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
    assert!(late.iter().all(MigrateError::is_stale), "{late:?}");
    assert_eq!(Sqlite::file(&path).column("SELECT what FROM log"), ["a", "b", "c"]);
}

#[tokio::test]
async fn a_run_can_be_sent_to_another_thread() {
    let applied = tokio::spawn(async {
        let history = three_tables();
        let mut target = Sqlite::memory();
        let runner = Runner::new(&history);
        let plan = runner.plan_upgrade(&mut target, &Destination::head()).await.unwrap();
        runner.execute(&mut target, &plan).await.unwrap();
        runner.applied(&mut target).await.unwrap().len()
    });
    assert_eq!(applied.await.unwrap(), 3);
}
