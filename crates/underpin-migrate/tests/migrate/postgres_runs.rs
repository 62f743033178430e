//! The runner on PostgreSQL.

use std::time::Duration;

use underpin_migrate::{Destination, Runner};

use super::postgres::scratch;
use super::revisions::{history, three_tables};

/// The tables of users, without the journal.
const TABLES: &str = "
SELECT CAST(schemaname || '.' || tablename AS text)
FROM pg_catalog.pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'underpin_revisions'
ORDER BY 1";

#[tokio::test]
async fn up_and_down_and_up_again() {
    scratch("up_down", |scratch| async move {
        let history = three_tables();
        let runner = Runner::new(&history);
        let mut target = scratch.connect().await;
        runner.upgrade(&mut target, &Destination::head()).await.unwrap();
        runner.downgrade(&mut target, &"-2".parse().unwrap()).await.unwrap();
        assert_eq!(target.column(TABLES).await, ["public.a"]);

        let applied = runner.applied(&mut target).await.unwrap();
        let [row] = applied.as_slice() else { panic!("one revision is applied: {applied:?}") };
        let user = target.column("SELECT CAST(session_user AS text)").await.remove(0);
        assert_eq!((row.revision.as_str(), row.applied_by.as_deref()), ("a", Some(user.as_str())));
        assert_eq!(row.checksum, history.revision("a").unwrap().checksum());
        assert!(row.finished_at.is_some() && row.duration_ms.is_some(), "{row:?}");

        runner.upgrade(&mut target, &Destination::head()).await.unwrap();
        assert_eq!(target.column(TABLES).await, ["public.a", "public.b", "public.c"]);
    })
    .await;
}

#[tokio::test]
async fn a_failed_revision_leaves_neither_tables_nor_a_row_nor_the_lock() {
    scratch("failed", |scratch| async move {
        let broken =
            history(&[("a", "-- +upgrade\nCREATE TABLE a (id integer);\nCREATE TABLE a (id integer);\n")]);
        let mut target = scratch.connect().await;
        let error = Runner::new(&broken).upgrade(&mut target, &Destination::head()).await.unwrap_err();
        assert_eq!((error.file(), error.line()), (Some("a.sql"), Some(8)));
        assert_eq!(target.column(TABLES).await, [""; 0]);

        let history = three_tables();
        let runner = Runner::new(&history).lock_wait(Duration::ZERO);
        runner.upgrade(&mut scratch.connect().await, &Destination::head()).await.unwrap();
        // The connection on which the revision failed is as good as before.
        runner.downgrade(&mut target, &Destination::base()).await.unwrap();
        assert_eq!(target.column(TABLES).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn an_index_is_built_concurrently() {
    scratch("concurrently", |scratch| async move {
        let history = history(&[(
            "a",
            "-- +upgrade\n\
             CREATE TABLE a (id integer);\n\
             -- +upgrade postgres no-transaction\n\
             CREATE INDEX CONCURRENTLY ix_a ON a (id);\n\
             CREATE INDEX CONCURRENTLY ix_b ON a (id);\n\
             -- +downgrade postgres no-transaction\n\
             DROP INDEX CONCURRENTLY ix_a;\n\
             DROP INDEX CONCURRENTLY ix_b;\n\
             -- +downgrade\n\
             DROP TABLE a;\n",
        )]);
        let runner = Runner::new(&history);
        let mut target = scratch.connect().await;
        runner.upgrade(&mut target, &Destination::head()).await.unwrap();
        let indexes = "SELECT CAST(indexrelid::regclass AS text) FROM pg_index WHERE indrelid = 'a'::regclass \
                       AND indisvalid ORDER BY 1";
        assert_eq!(target.column(indexes).await, ["ix_a", "ix_b"]);
        runner.downgrade(&mut target, &Destination::base()).await.unwrap();
        assert_eq!(target.column(TABLES).await, [""; 0]);
        assert!(runner.applied(&mut target).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn bodies_and_odd_quotes_arrive_whole() {
    scratch("bodies", |scratch| async move {
        let mut target = scratch.connect().await;
        let history = history(&[(
            "a",
            "-- +upgrade postgres\n\
             CREATE FUNCTION f(x int) RETURNS text LANGUAGE sql BEGIN ATOMIC\n\
             SELECT 'first;';\n\
             SELECT CASE x WHEN 1 THEN 'one;' ELSE 'other' END;\n\
             END;\n\
             CREATE FUNCTION g() RETURNS text LANGUAGE plpgsql AS $body$ BEGIN RETURN $$;$$; END $body$;\n\
             CREATE TABLE t (a text /* ; /* ; */ ; */, b text DEFAULT E'\\';', \"c;\" text);\n\
             INSERT INTO t VALUES (f(1), E'x\\''\n'\\';', g());\n",
        )]);
        Runner::new(&history).upgrade(&mut target, &Destination::head()).await.unwrap();
        assert_eq!(target.column("SELECT a || b || \"c;\" FROM t").await, ["one;x'';;"]);
    })
    .await;
}

#[tokio::test]
async fn a_revision_that_empties_the_search_path_does_not_lead_the_next_one_astray() {
    scratch("search_path", |scratch| async move {
        let history = history(&[
            (
                "dump",
                "-- +upgrade\nSELECT pg_catalog.set_config('search_path', '', false);\nCREATE SCHEMA s;\n",
            ),
            ("next", "-- +upgrade\nCREATE TABLE a (id integer);\n"),
        ]);
        let mut target = scratch.connect().await;
        target.run("CREATE SCHEMA \"My app\"; SET search_path TO \"My app\", public").await.unwrap();
        Runner::new(&history).upgrade(&mut target, &Destination::head()).await.unwrap();
        assert_eq!(target.column(TABLES).await, ["My app.a"]);
        assert_eq!(
            target.column("SELECT revision FROM \"My app\".underpin_revisions ORDER BY 1").await,
            ["dump", "next"]
        );
        assert_eq!(target.column("SELECT current_setting('search_path')").await, ["\"My app\", public"]);
    })
    .await;
}

#[tokio::test]
async fn runners_at_the_same_time_apply_each_revision_once() {
    scratch("at_once", |scratch| async move {
        let mut runs = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let scratch = scratch.clone();
            runs.spawn(async move {
                // The index makes a runner that waits with a snapshot a deadlock.
                let history = history(&[
                    ("a", "-- +upgrade\nCREATE TABLE log (what text);\nINSERT INTO log VALUES ('a');\n"),
                    ("b", "-- +upgrade postgres no-transaction\nCREATE INDEX CONCURRENTLY ix_log ON log (what);\n"),
                    ("c", "-- +upgrade\nINSERT INTO log VALUES ('c');\n"),
                ]);
                let mut target = scratch.connect().await;
                Runner::new(&history).upgrade(&mut target, &Destination::head()).await.unwrap().steps().len()
            });
        }
        let done = runs.join_all().await;
        assert_eq!(done.iter().sum::<usize>(), 3, "{done:?}");
        let target = scratch.connect().await;
        assert_eq!(target.column("SELECT what FROM log ORDER BY 1").await, ["a", "c"]);
    })
    .await;
}

#[tokio::test]
async fn the_holder_of_the_lock_is_named() {
    scratch("holder", |scratch| async move {
        let first = scratch.connect().await;
        first.run("SELECT pg_advisory_lock(1970170992, hashtext('public'))").await.unwrap();
        let pid = first.column("SELECT CAST(pg_backend_pid() AS text)").await.remove(0);
        let history = three_tables();
        let runner = Runner::new(&history).lock_wait(Duration::ZERO);
        let mut second = scratch.connect().await;
        let error = runner.upgrade(&mut second, &Destination::head()).await.unwrap_err();
        assert!(error.is_locked() && error.problem().contains(&format!("(process {pid}, ")), "{error}");
    })
    .await;
}
