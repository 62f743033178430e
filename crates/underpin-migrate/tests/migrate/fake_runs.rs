//! What the runner does in which order, and what it refuses, on the fake.

use std::time::Duration;

use underpin_migrate::{Destination, Dialect, Graph, Runner};

use super::fake::Fake;
use super::revisions::{history, three_tables};

/// Work inside, then outside, then inside of a transaction.
const MIXED: &str = "\
-- +upgrade
CREATE TABLE a (id integer);
-- +upgrade no-transaction
CREATE INDEX CONCURRENTLY ix_a ON a (id);
-- +upgrade
CREATE TABLE b (id integer);
-- +downgrade
DROP TABLE b;
-- +downgrade no-transaction
DROP INDEX CONCURRENTLY ix_a;
DROP TABLE a;
";

fn to(text: &str) -> Destination {
    text.parse().unwrap()
}

/// A fake on which everything of a history is applied.
async fn upgraded(history: &Graph, dialect: Dialect) -> Fake {
    let mut fake = Fake::new(dialect);
    Runner::new(history).upgrade(&mut fake, &Destination::head()).await.unwrap();
    fake.log.clear();
    fake
}

#[tokio::test]
async fn a_revision_and_its_row_commit_together() {
    let history = three_tables();
    let mut fake = Fake::new(Dialect::Sqlite);
    let plan = Runner::new(&history).upgrade(&mut fake, &to("+2")).await.unwrap();
    assert_eq!(plan.steps().len(), 2);
    insta::assert_snapshot!(fake.work().join("\n"), @r"
    begin
    commit
    begin
    CREATE TABLE a (id integer)
    INSERT INTO underpin_revisions 'applied'
    commit
    begin
    CREATE TABLE b (id integer)
    INSERT INTO underpin_revisions 'applied'
    commit
    ");
    assert_eq!(fake.applied(), ["a", "b"]);
}

#[tokio::test]
async fn what_must_stand_outside_of_a_transaction_does() {
    let history = history(&[("m", MIXED)]);
    let mut fake = Fake::new(Dialect::Postgres);
    Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap();
    insta::assert_snapshot!(fake.work().join("\n"), @r"
    LOCK
    begin
    commit
    begin
    INSERT INTO public.underpin_revisions 'upgrading'
    CREATE TABLE a (id integer)
    UPDATE public.underpin_revisions prefix
    commit
    CREATE INDEX CONCURRENTLY ix_a ON a (id)
    UPDATE public.underpin_revisions prefix
    begin
    CREATE TABLE b (id integer)
    UPDATE public.underpin_revisions 'applied'
    commit
    ");
    assert_eq!(fake.applied(), ["m"]);

    fake.log.clear();
    Runner::new(&history).downgrade(&mut fake, &Destination::base()).await.unwrap();
    insta::assert_snapshot!(fake.work().join("\n"), @r"
    LOCK
    begin
    UPDATE public.underpin_revisions 'downgrading'
    DROP TABLE b
    UPDATE public.underpin_revisions prefix
    commit
    DROP INDEX CONCURRENTLY ix_a
    UPDATE public.underpin_revisions prefix
    begin
    DROP TABLE a
    DELETE FROM public.underpin_revisions
    commit
    ");
    assert_eq!(fake.applied(), [""; 0]);
}

#[tokio::test]
async fn a_refused_statement_takes_its_revision_with_it() {
    let history = three_tables();
    let mut fake = Fake::new(Dialect::Postgres);
    fake.refuse = Some("CREATE TABLE b");
    let error = Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap_err();
    assert!(error.is_database());
    assert_eq!((error.file(), error.line()), (Some("b.sql"), Some(7)));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the fake refuses CREATE TABLE b");
    assert_eq!(fake.applied(), ["a"]);
    assert!(fake.log.last().unwrap().starts_with("SELECT pg_advisory_unlock("), "{:?}", fake.log);

    fake.refuse = None;
    Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap();
    assert_eq!(fake.applied(), ["a", "b", "c"]);
}

#[tokio::test]
async fn what_breaks_outside_of_a_transaction_is_not_passed_over() {
    let history = history(&[("m", MIXED)]);
    let mut fake = Fake::new(Dialect::Postgres);
    fake.refuse = Some("CREATE INDEX");
    let error = Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap_err();
    assert_eq!((error.file(), error.line()), (Some("m.sql"), Some(9)));
    assert_eq!(fake.applied(), ["m?"]);

    fake.refuse = None;
    let runner = Runner::new(&history);
    let error = runner.plan_downgrade(&mut fake, &Destination::base()).await.unwrap_err();
    assert!(error.is_unfinished(), "{error}");
    assert!(
        error.problem().contains("`m` was begun and not finished: 1 of its 3 statements are done"),
        "{error}"
    );

    fake.log.clear();
    runner.upgrade(&mut fake, &Destination::head()).await.unwrap();
    assert_eq!(fake.applied(), ["m"]);
    assert!(!fake.log.iter().any(|line| line.contains("CREATE TABLE a")), "{:?}", fake.log);
}

#[tokio::test]
async fn an_edited_file_is_refused_by_name() {
    let mut fake = upgraded(&three_tables(), Dialect::Sqlite).await;
    fake.journal.as_mut().unwrap()[1][1] = Some("sha256:0".to_owned());
    let history = three_tables();
    let error = Runner::new(&history).downgrade(&mut fake, &to("-1")).await.unwrap_err();
    assert!(error.is_edited());
    assert_eq!(
        error.to_string(),
        "b.sql: edited since it was applied: b.sql; take the edit back and write the change as a new revision; \
         if the edit changes nothing that matters, `repair` accepts it"
    );
    assert_eq!(fake.work(), [""; 0]);
}

#[tokio::test]
async fn an_applied_revision_without_a_file_is_refused() {
    let mut fake = upgraded(&three_tables(), Dialect::Sqlite).await;
    let history =
        history(&[("a", "-- +upgrade\nCREATE TABLE a (id integer);\n\n-- +downgrade\nDROP TABLE a;\n")]);
    let error = Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap_err();
    assert!(error.is_unknown_revision() && error.problem().contains("b, c"), "{error}");
    assert_eq!(fake.work(), [""; 0]);
}

#[tokio::test]
async fn a_hole_in_the_journal_is_refused() {
    let history = three_tables();
    let mut fake = upgraded(&history, Dialect::Sqlite).await;
    fake.journal.as_mut().unwrap().remove(1);
    let error = Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap_err();
    assert!(error.is_journal() && error.file() == Some("c.sql"), "{error}");
    assert_eq!(fake.work(), [""; 0]);
}

#[tokio::test]
async fn nothing_is_undone_below_a_revision_without_a_downgrade() {
    let history = history(&[("a", "-- +upgrade\nSELECT 1;"), ("b", "-- +upgrade\nSELECT 1;\n-- +downgrade")]);
    let mut fake = upgraded(&history, Dialect::Sqlite).await;
    let runner = Runner::new(&history);
    let error = runner.downgrade(&mut fake, &Destination::base()).await.unwrap_err();
    assert!(error.is_irreversible() && error.file() == Some("a.sql"), "{error}");
    assert_eq!(fake.applied(), ["a", "b"]);
    runner.downgrade(&mut fake, &to("a")).await.unwrap();
    assert_eq!(fake.applied(), ["a"]);
}

#[tokio::test]
async fn planning_writes_nothing() {
    let history = three_tables();
    let mut fake = Fake::new(Dialect::Postgres);
    let plan = Runner::new(&history).plan_upgrade(&mut fake, &to("b")).await.unwrap();
    insta::assert_snapshot!(plan, @r"
    -- upgrade of 2 revisions on postgres

    -- upgrade a: Make a (a.sql)
    BEGIN;
    CREATE TABLE a (id integer);
    COMMIT;

    -- upgrade b: Make b (b.sql)
    BEGIN;
    CREATE TABLE b (id integer);
    COMMIT;
    ");
    assert_eq!((fake.log.as_slice(), &fake.journal), ([].as_slice(), &None));
}

#[tokio::test]
async fn nothing_to_do_writes_nothing() {
    let history = three_tables();
    let mut fake = upgraded(&history, Dialect::Sqlite).await;
    assert!(Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap().is_empty());
    assert_eq!(fake.log, [""; 0]);
}

#[tokio::test]
async fn a_plan_that_another_runner_has_overtaken_is_not_run() {
    let history = three_tables();
    let mut fake = Fake::new(Dialect::Sqlite);
    let runner = Runner::new(&history);
    let plan = runner.plan_upgrade(&mut fake, &Destination::head()).await.unwrap();
    fake.meanwhile.push(Fake::row("a", plan.steps()[0].checksum(), "applied"));
    let error = runner.execute(&mut fake, &plan).await.unwrap_err();
    assert!(error.is_stale());
    assert_eq!(fake.work(), [""; 0]);
}

#[tokio::test]
async fn an_upgrade_goes_on_where_another_runner_has_got_to() {
    let history = three_tables();
    let checksums: Vec<_> = history.iter().map(|revision| revision.checksum().to_owned()).collect();
    let mut fake = Fake::new(Dialect::Sqlite);
    fake.meanwhile =
        ["a", "b"].iter().zip(&checksums).map(|(id, sum)| Fake::row(id, sum, "applied")).collect();
    Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap();
    assert_eq!(fake.applied(), ["a", "b", "c"]);
    assert!(
        !fake.log.iter().any(|line| line.contains("TABLE a") || line.contains("TABLE b")),
        "{:?}",
        fake.log
    );

    let mut fake = Fake::new(Dialect::Sqlite);
    fake.meanwhile.push(Fake::row("a", &checksums[0], "applied"));
    let error = Runner::new(&history).upgrade(&mut fake, &to("+1")).await.unwrap_err();
    assert!(error.is_stale(), "a relative destination means another place now: {error}");
}

#[tokio::test]
async fn a_plan_for_another_dialect_is_refused() {
    let history = three_tables();
    let runner = Runner::new(&history);
    let plan = runner.plan_upgrade(&mut Fake::new(Dialect::Postgres), &Destination::head()).await.unwrap();
    let mut fake = Fake::new(Dialect::Sqlite);
    assert!(runner.execute(&mut fake, &plan).await.unwrap_err().is_destination());
    assert_eq!(fake.log, [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn the_lock_is_tried_again_until_it_is_free() {
    let history = three_tables();
    let mut fake = Fake::new(Dialect::Postgres);
    fake.lock = [false, false, true].into();
    Runner::new(&history).upgrade(&mut fake, &Destination::head()).await.unwrap();
    assert_eq!(fake.log.iter().filter(|line| *line == "LOCK").count(), 3);
    assert_eq!(fake.applied(), ["a", "b", "c"]);
}

#[tokio::test(start_paused = true)]
async fn a_lock_that_stays_taken_is_given_up() {
    let history = three_tables();
    let mut fake = Fake::new(Dialect::Postgres);
    fake.lock = std::iter::repeat_n(false, 1000).collect();
    let runner = Runner::new(&history).lock_wait(Duration::from_secs(5));
    let error = runner.upgrade(&mut fake, &Destination::head()).await.unwrap_err();
    assert!(error.is_locked());
    assert_eq!(
        error.problem(),
        "another runner (process 4711, for 3 s: SELECT ?) is migrating this database; waited 5 s for it"
    );
    assert!(fake.log.iter().all(|line| line == "LOCK"), "{:?}", fake.log);
}
