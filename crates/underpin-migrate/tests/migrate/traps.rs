//! Traps of PostgreSQL into which runners have fallen, each as a test that this one does not.

use std::sync::Mutex;
use std::time::Duration;

use underpin_migrate::{Destination, Event, Report, Runner};

use super::place::{Place, on_postgres};
use super::postgres::{Postgres, Scratch, scratch};
use super::revisions::{history, once};

/// Keeps what is told of a run, a line for each event.
#[derive(Default)]
pub(crate) struct Told(Mutex<Vec<String>>);

impl Told {
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Report for Told {
    fn event(&self, event: &Event<'_>) {
        let line = match event {
            Event::CleanedUp { line, what, .. } => format!("cleaned {line}: {what}"),
            Event::Waiting { line, holder, .. } => format!("waiting {line}: {holder}"),
            Event::Retrying { line, attempt, holder, .. } => {
                format!("retrying {line}, {attempt}: {}", holder.map(ToString::to_string).unwrap_or_default())
            }
            Event::StepStarted { step, done, .. } => format!("started {} at {done}", step.revision()),
            Event::StatementDone { line, done, total, .. } => format!("statement {line}: {done}/{total}"),
            Event::BatchDone { rows, .. } => format!("batch {rows}"),
            Event::CallProgress { name, done, total, .. } => format!("{name} {done}/{total:?}"),
            Event::StepFinished { step, .. } => format!("finished {}", step.revision()),
            Event::LockHeld { holder, .. } => {
                format!("locked: {}", holder.map(ToString::to_string).unwrap_or_default())
            }
            _ => "something".to_owned(),
        };
        self.0.lock().unwrap().push(line);
    }
}

const TABLE: &str = "-- +upgrade\nCREATE TABLE t (a integer);\nINSERT INTO t VALUES (1), (2);\n";

/// The validity of every index of `t`.
const INDEXES: &str = "
SELECT CAST(CAST(indexrelid AS regclass) AS text) || ' ' || indisvalid
FROM pg_index
WHERE indrelid = to_regclass('t')
ORDER BY 1";

/// Who builds an index concurrently.
const BUILDS: &str = "
SELECT CAST(pid AS text)
FROM pg_stat_progress_create_index
WHERE datname = current_database() AND command = 'CREATE INDEX CONCURRENTLY'";

/// An invalid index `ix`, as a build that was cut off leaves it: on a unique index over values that are not.
async fn leave_an_invalid_index(target: &Postgres, sql: &str) {
    target.run("CREATE TABLE IF NOT EXISTS t (a integer)").await.unwrap();
    target.run("INSERT INTO t VALUES (1), (1)").await.unwrap();
    target.run(sql).await.unwrap_err();
    assert_eq!(target.column(INDEXES).await, ["ix false"]);
}

/// Holds a snapshot, in a transaction that has written, until it is dropped.
async fn old_snapshot(scratch: &Scratch) -> Postgres {
    let holder = scratch.connect().await;
    holder.run("BEGIN ISOLATION LEVEL REPEATABLE READ").await.unwrap();
    holder.run("CREATE TEMP TABLE mine AS SELECT 'secret' AS a").await.unwrap();
    holder
}

/// Trap 1: several statements that are sent together are one transaction to the server.
#[tokio::test]
async fn concurrently_works_among_other_statements_of_a_section() {
    scratch("trap_1", |scratch| async move {
        let graph = history(&[
            ("a", TABLE),
            (
                "b",
                "-- +upgrade postgres no-transaction\nINSERT INTO t VALUES (3);\nCREATE INDEX CONCURRENTLY ix ON t (a);\n\
                 DO $$ BEGIN INSERT INTO t VALUES (4); COMMIT; INSERT INTO t VALUES (5); END $$;\nVACUUM t;\n",
            ),
        ]);
        let mut target = scratch.connect().await;
        Runner::new(&graph).upgrade(&mut target, &Destination::head()).await.unwrap();
        assert_eq!(target.column(INDEXES).await, ["ix true"]);
        assert_eq!(target.column("SELECT CAST(count(*) AS text) FROM t").await, ["5"]);
    })
    .await;
}

/// Trap 2: a lock timeout ends CREATE INDEX CONCURRENTLY while it waits for a snapshot of anybody.
#[tokio::test]
async fn no_lock_timeout_ends_an_index_that_is_built_concurrently() {
    scratch("trap_2", |scratch| async move {
        let graph = history(&[
            ("a", TABLE),
            ("b", "-- +upgrade no-transaction\nCREATE INDEX CONCURRENTLY ix ON t (a);\n"),
        ]);
        let mut target = scratch.connect().await;
        target.run("SET lock_timeout = '20ms'").await.unwrap();
        let told = Told::default();
        let runner = Runner::new(&graph).lock_timeout(Duration::from_millis(20)).report(&told);
        runner.upgrade(&mut target, &"a".parse().unwrap()).await.unwrap();

        let holder = old_snapshot(&scratch).await;
        let release = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(1500)).await;
            holder.run("COMMIT").await.unwrap();
        });
        runner.upgrade(&mut target, &Destination::head()).await.unwrap();
        release.await.unwrap();
        assert_eq!(target.column(INDEXES).await, ["ix true"]);
        // Whom it waited for was told meanwhile, without the values in the statement.
        let told = told.lines();
        let waiting = told.iter().find(|line| line.starts_with("waiting 7: process ")).unwrap();
        assert!(waiting.ends_with("CREATE TEMP TABLE mine AS SELECT ? AS a"), "{waiting}");
        assert_eq!(target.column("SELECT current_setting('lock_timeout')").await, ["20ms"]);
    })
    .await;
}

/// The server builds on when the runner is gone, and keeps the runner's lock until the index is there.
#[tokio::test]
async fn an_index_whose_runner_is_gone_is_taken_over() {
    on_postgres("trap_2_gone", |places| async move {
        let place = places.fresh().await;
        let Place::Postgres { scratch, .. } = &place else { panic!("it is PostgreSQL") };
        let holder = old_snapshot(scratch).await;
        let first = tokio::spawn({
            let place = place.clone();
            async move {
                Runner::new(&once())
                    .upgrade(&mut *place.connect().await, &Destination::head())
                    .await
                    .map(drop)
            }
        });
        while place.column(BUILDS).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        first.abort();
        assert!(first.await.unwrap_err().is_cancelled());
        let second = tokio::spawn({
            let place = place.clone();
            async move {
                Runner::new(&once())
                    .upgrade(&mut *place.connect().await, &Destination::head())
                    .await
                    .map(drop)
            }
        });
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!second.is_finished() && !place.column(BUILDS).await.is_empty(), "the server builds on");
        holder.run("COMMIT").await.unwrap();
        second.await.unwrap().unwrap();
        assert_eq!(place.column("SELECT what FROM log ORDER BY what").await, ["a", "b", "c"]);
        assert!(place.catalog().await.contains("(what) valid true"), "{}", place.catalog().await);
    })
    .await;
}

/// Trap 3: IF NOT EXISTS passes over what a build that was cut off has left, and the index stays invalid.
#[tokio::test]
async fn an_invalid_index_is_built_again_even_if_it_exists() {
    for statement in
        ["CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON t (a)", "CREATE INDEX CONCURRENTLY ix ON t (a)"]
    {
        scratch("trap_3", |scratch| async move {
            let mut target = scratch.connect().await;
            leave_an_invalid_index(&target, "CREATE UNIQUE INDEX CONCURRENTLY ix ON t (a)").await;
            let graph = history(&[("b", &format!("-- +upgrade no-transaction\n{statement};\n"))]);
            let told = Told::default();
            let runner = Runner::new(&graph).report(&told);
            runner.upgrade(&mut target, &Destination::head()).await.unwrap();
            assert_eq!(target.column(INDEXES).await, ["ix true"]);
            let cleaned = "cleaned 7: an earlier attempt had left the invalid index public.ix; it is dropped";
            assert!(told.lines().iter().any(|line| line == cleaned), "{:?}", told.lines());
        })
        .await;
    }
}

/// A build that the database refuses leaves no index that every write would still have to keep.
#[tokio::test]
async fn an_index_that_cannot_be_built_is_cleared_away() {
    scratch("trap_3_refused", |scratch| async move {
        let mut target = scratch.connect().await;
        target.run("CREATE TABLE t (a integer)").await.unwrap();
        target.run("INSERT INTO t VALUES (1), (1)").await.unwrap();
        let graph =
            history(&[("b", "-- +upgrade no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY ix ON t (a);\n")]);
        let runner = Runner::new(&graph);
        let error = runner.upgrade(&mut target, &Destination::head()).await.unwrap_err();
        assert!(error.is_database() && error.line() == Some(7), "{error}");
        assert_eq!(target.column(INDEXES).await, [""; 0]);

        target.run("DELETE FROM t").await.unwrap();
        runner.upgrade(&mut target, &Destination::head()).await.unwrap();
        assert_eq!(target.column(INDEXES).await, ["ix true"]);
    })
    .await;
}

/// REINDEX CONCURRENTLY leaves its copies when it is cut off.
#[tokio::test]
async fn copies_of_an_index_that_was_rebuilt_halfway_are_dropped() {
    for statement in ["REINDEX INDEX CONCURRENTLY ix", "REINDEX (CONCURRENTLY) TABLE t"] {
        scratch("trap_reindex", |scratch| async move {
            let mut target = scratch.connect().await;
            target.run("CREATE TABLE t (a integer)").await.unwrap();
            target.run("CREATE INDEX ix ON t (a)").await.unwrap();
            let holder = old_snapshot(&scratch).await;
            target.run("SET lock_timeout = '100ms'").await.unwrap();
            target.run("REINDEX INDEX CONCURRENTLY ix").await.unwrap_err();
            target.run("RESET lock_timeout").await.unwrap();
            holder.run("COMMIT").await.unwrap();
            assert_eq!(target.column(INDEXES).await, ["ix true", "ix_ccnew false"]);

            let graph = history(&[("b", &format!("-- +upgrade no-transaction\n{statement};\n"))]);
            Runner::new(&graph).upgrade(&mut target, &Destination::head()).await.unwrap();
            assert_eq!(target.column(INDEXES).await, ["ix true"]);
        })
        .await;
    }
}

/// Trap 4: a partition whose detaching is cut off stays half detached until that is finished.
#[tokio::test]
async fn a_partition_that_was_detached_halfway_is_detached() {
    scratch("trap_4", |scratch| async move {
        let mut target = scratch.connect().await;
        target.run("CREATE TABLE p (a integer) PARTITION BY RANGE (a)").await.unwrap();
        target.run("CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (0) TO (9)").await.unwrap();
        let reader = scratch.connect().await;
        reader.run("BEGIN").await.unwrap();
        reader.run("SELECT * FROM p").await.unwrap();
        target.run("SET lock_timeout = '100ms'").await.unwrap();
        target.run("ALTER TABLE p DETACH PARTITION p_1 CONCURRENTLY").await.unwrap_err();
        target.run("RESET lock_timeout").await.unwrap();
        reader.run("COMMIT").await.unwrap();
        let pending =
            "SELECT CAST(inhdetachpending AS text) FROM pg_inherits WHERE inhrelid = to_regclass('p_1')";
        assert_eq!(target.column(pending).await, ["true"]);

        let graph = history(&[(
            "b",
            "-- +upgrade no-transaction\nALTER TABLE p DETACH PARTITION p_1 CONCURRENTLY;\n",
        )]);
        let told = Told::default();
        Runner::new(&graph).report(&told).upgrade(&mut target, &Destination::head()).await.unwrap();
        assert_eq!(target.column(pending).await, [""; 0]);
        let cleaned = "cleaned 7: an earlier attempt had begun to detach p_1 from p; it is finished";
        assert!(told.lines().iter().any(|line| line == cleaned), "{:?}", told.lines());
    })
    .await;
}

/// Trap 5: a runner that waits for its lock inside a statement is a deadlock with an index that is built concurrently.
/// What the eight processes show by numbers, this shows by time: the second waits while the first builds.
#[tokio::test]
async fn a_runner_that_waits_does_not_stop_an_index_that_is_built_concurrently() {
    on_postgres("trap_5", |places| async move {
        let place = places.fresh().await;
        let Place::Postgres { scratch, .. } = &place else { panic!("it is PostgreSQL") };
        let holder = old_snapshot(scratch).await;
        let run = |place: Place| async move {
            let graph = once();
            let told = Told::default();
            let runner = Runner::new(&graph).report(&told);
            runner.upgrade(&mut *place.connect().await, &Destination::head()).await.unwrap();
            told.lines()
        };
        let first = tokio::spawn(run(place.clone()));
        while place.column(BUILDS).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let second = tokio::spawn(run(place.clone()));
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(!first.is_finished() && !second.is_finished(), "one builds, and the other waits for it");
        holder.run("COMMIT").await.unwrap();
        let told = [first.await.unwrap(), second.await.unwrap()];
        let locked = told.iter().flatten().find(|line| line.starts_with("locked: ")).unwrap();
        assert!(locked.contains("CREATE INDEX CONCURRENTLY ix_log ON log (what)"), "{locked}");
        assert_eq!(place.column("SELECT what FROM log ORDER BY what").await, ["a", "b", "c"]);
        assert!(place.catalog().await.contains("(what) valid true"), "{}", place.catalog().await);
    })
    .await;
}

/// Trap 7: a new value of an enumeration cannot be used in the transaction that adds it.
#[tokio::test]
async fn a_new_enum_value_is_used_in_the_section_after_it() {
    scratch("trap_7", |scratch| async move {
        let mut target = scratch.connect().await;
        let create = ("a", "-- +upgrade\nCREATE TYPE mood AS ENUM ('happy');\nCREATE TABLE t (a mood);\n");
        let wrong = "-- +upgrade\nALTER TYPE mood ADD VALUE 'sad';\nINSERT INTO t VALUES ('sad');\n";
        let graph = history(&[create, ("b", wrong)]);
        let error = Runner::new(&graph).upgrade(&mut target, &Destination::head()).await.unwrap_err();
        assert_eq!((error.file(), error.line()), (Some("b.sql"), Some(8)));
        assert!(error.hint().contains("in a section of its own above, marked no-transaction"), "{error}");

        let right = wrong.replacen("-- +upgrade", "-- +upgrade no-transaction", 1);
        let right = right.replace("INSERT", "-- +upgrade\nINSERT");
        let graph = history(&[create, ("b", &right)]);
        Runner::new(&graph).upgrade(&mut target, &Destination::head()).await.unwrap();
        assert_eq!(target.column("SELECT CAST(a AS text) FROM t").await, ["sad"]);
    })
    .await;
}

/// Trap 8: a lock that outlives the process that had it would have to be freed by hand.
#[tokio::test]
async fn the_lock_of_a_connection_that_is_gone_is_free() {
    scratch("trap_8", |scratch| async move {
        let first = scratch.connect().await;
        first.run("SELECT pg_advisory_lock(1970170992, hashtext('public'))").await.unwrap();
        drop(first);
        let graph = history(&[("a", TABLE)]);
        let mut second = scratch.connect().await;
        let runner = Runner::new(&graph).lock_wait(Duration::from_secs(5));
        runner.upgrade(&mut second, &Destination::head()).await.unwrap();
    })
    .await;
}
