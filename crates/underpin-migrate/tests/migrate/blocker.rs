//! Somebody holds a lock on a table for long while others read and write it. A table stands still behind a statement
//! that waits for a strong lock, so the runner must not wait for long (trap 6).
//!
//! The blocker holds its lock for 20 seconds, which is 100 times the lock timeout.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use underpin_migrate::{Destination, Runner};

use super::postgres::{Scratch, scratch};
use super::revisions::history;
use super::traps::Told;

const LOCK_TIMEOUT: Duration = Duration::from_millis(200);
const BLOCKED: Duration = Duration::from_secs(20);

/// What scheduling on a busy machine may add to a wait.
const MARGIN: Duration = Duration::from_millis(1500);

/// Runs a statement again and again until it is told to end, and gives the number of runs and the longest one.
async fn busy(scratch: Scratch, sql: &'static str, end: Arc<AtomicBool>) -> (usize, Duration) {
    let connection = scratch.connect().await;
    let (mut runs, mut longest) = (0, Duration::ZERO);
    while !end.load(Ordering::Relaxed) {
        let began = Instant::now();
        connection.run(sql).await.unwrap();
        longest = longest.max(began.elapsed());
        runs += 1;
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    (runs, longest)
}

#[tokio::test]
async fn nobody_queues_up_behind_an_upgrade_that_waits() {
    scratch("blocker", |scratch| async move {
        let admin = scratch.connect().await;
        admin.run("CREATE TABLE t (id integer PRIMARY KEY, a integer)").await.unwrap();
        admin.run("INSERT INTO t SELECT n, 0 FROM generate_series(1, 100) AS n").await.unwrap();
        let blocker = scratch.connect().await;
        blocker.run("BEGIN").await.unwrap();
        blocker.run("SELECT count(*) FROM t WHERE a < 12345").await.unwrap();

        let end = Arc::new(AtomicBool::new(false));
        let write = "UPDATE t SET a = a + 1 WHERE id = 1 + CAST(random() * 99 AS integer)";
        let others: Vec<_> = ["SELECT count(*) FROM t", "SELECT max(a) FROM t", write, write]
            .into_iter()
            .map(|sql| tokio::spawn(busy(scratch.clone(), sql, Arc::clone(&end))))
            .collect();
        let began = Instant::now();
        let release = tokio::spawn(async move {
            tokio::time::sleep(BLOCKED).await;
            blocker.run("COMMIT").await.unwrap();
        });

        let graph =
            history(&[("a", "-- +upgrade\nALTER TABLE t ADD COLUMN b integer;\nUPDATE t SET b = id;\n")]);
        let told = Told::default();
        let runner = Runner::new(&graph).lock_timeout(LOCK_TIMEOUT).report(&told);
        let mut target = scratch.connect().await;
        runner.upgrade(&mut target, &Destination::head()).await.unwrap();
        assert!(began.elapsed() >= BLOCKED, "the lock was held until then");
        release.await.unwrap();
        end.store(true, Ordering::Relaxed);
        for other in others {
            let (runs, longest) = other.await.unwrap();
            assert!(runs > 100 && longest < LOCK_TIMEOUT + MARGIN, "{runs} runs, the longest {longest:?}");
        }
        assert_eq!(target.column("SELECT CAST(count(b) AS text) FROM t").await, ["100"]);

        let retries: Vec<_> =
            told.lines().into_iter().filter(|line| line.starts_with("retrying 7, ")).collect();
        assert!(retries.len() > 2, "{retries:?}");
        // Who was in the way, without the value in the statement.
        assert!(
            retries.iter().any(|line| line.ends_with("SELECT count(*) FROM t WHERE a < ?")),
            "{retries:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_upgrade_that_gives_up_says_who_was_in_the_way() {
    scratch("blocker_named", |scratch| async move {
        let admin = scratch.connect().await;
        admin.run("CREATE TABLE t (a text)").await.unwrap();
        let blocker = scratch.connect().await;
        blocker.run("BEGIN").await.unwrap();
        blocker.run("DELETE FROM t WHERE a = 'secret'").await.unwrap();
        let pid = blocker.column("SELECT CAST(pg_backend_pid() AS text)").await.remove(0);
        blocker.run("DELETE FROM t WHERE a = 'secret'").await.unwrap();

        let graph = history(&[(
            "a",
            "-- +upgrade\nCREATE TABLE u (a integer);\nALTER TABLE t ADD COLUMN b integer;\n",
        )]);
        let runner = Runner::new(&graph).lock_timeout(LOCK_TIMEOUT).retry_for(Duration::from_secs(1));
        let error = runner.upgrade(&mut scratch.connect().await, &Destination::head()).await.unwrap_err();
        assert!(error.is_blocked(), "{error}");
        assert_eq!((error.file(), error.line()), (Some("a.sql"), Some(8)));
        let text = error.to_string();
        assert!(text.contains(&format!("by process {pid}, for ")), "{text}");
        assert!(text.contains("s: DELETE FROM t WHERE a = ?; tried "), "{text}");
        assert_eq!(admin.column("SELECT CAST(to_regclass('u') AS text)").await, [""], "it was rolled back");

        // Without a second connection nobody can be named.
        let mut alone = scratch.connect().await.alone();
        let error = runner.upgrade(&mut alone, &Destination::head()).await.unwrap_err();
        assert!(error.is_blocked() && error.problem().contains("was kept from a lock; tried"), "{error}");

        blocker.run("COMMIT").await.unwrap();
        runner.upgrade(&mut alone, &Destination::head()).await.unwrap();
    })
    .await;
}
