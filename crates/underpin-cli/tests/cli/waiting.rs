//! Somebody is in the way: who it is stands in the error, and the exit code says that it was the database.

use std::process::{Child, Command, Stdio};

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

/// A process that is ended with the test.
struct Holder(Child);

impl Drop for Holder {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn who_holds_a_table_is_named() {
    let scratch = Scratch::postgres();
    let project = Project::of_three(&scratch);
    project.run(&["upgrade", "001"]).done();
    project.revision("002", "revises: 001", "ALTER TABLE one ADD COLUMN x integer;", "");
    let sql = "BEGIN; LOCK TABLE one; SELECT pg_sleep(60);";
    let psql = Command::new("psql").args(["-X", "-c", sql, scratch.url()]).stdout(Stdio::null()).spawn();
    let _holder = Holder(psql.expect("psql is installed"));
    let is_held =
        "SELECT CAST(count(*) AS text) FROM pg_locks WHERE relation = CAST('one' AS regclass) AND granted";
    while scratch.column(is_held) == ["0"] {}
    let told = project
        .run(&["upgrade", "002", "--lock-timeout", "50ms", "--retry-for", "200ms"])
        .ended(3, "migrations/002.sql:7");
    for said in ["psql", "LOCK TABLE one", "made way for "] {
        assert!(told.err.contains(said), "{said}: {}", told.err);
    }
    assert_eq!(project.ids(&["current"]), ["001"]);
}

#[test]
fn another_runner_is_waited_for_and_named() {
    on_each(|scratch| {
        let project = Project::on(scratch);
        // SQLite has no sleep; a recursion takes its time too.
        let slow = match scratch.is_postgres() {
            true => "SELECT pg_sleep(60);",
            false => {
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000000)\nSELECT count(*) FROM n;"
            }
        };
        project.file(
            "migrations/001.sql",
            &format!(
                "-- Be slow\n--\n-- revision: 001\n-- revises: none\n\n-- +upgrade {} no-transaction\n{slow}\n",
                if scratch.is_postgres() { "postgres" } else { "sqlite" }
            ),
        );
        let mut first = project.command(&["upgrade"]);
        let child = first.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut holder = Holder(child);
        // It says so when it begins the revision, and has the lock then.
        let mut said = std::io::BufReader::new(holder.0.stderr.take().expect("a pipe"));
        std::io::BufRead::read_line(&mut said, &mut String::new()).expect("a line");
        let pid = holder.0.id().to_string();
        let told = project.run(&["upgrade", "--lock-wait", "200ms"]).ended(3, "another runner");
        assert!(scratch.is_postgres() || told.err.contains(&pid), "{pid}: {}", told.err);
    });
}
