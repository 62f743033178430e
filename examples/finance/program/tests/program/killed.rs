//! A process that is killed leaves what it had committed, and nothing of what it had not.

use std::io::Write;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::finance::{Finance, on_each};

/// How long the first batches may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_import_that_is_killed_between_two_commits() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        let mut child = finance
            .command(&["import", "-", "--format", "csv", "--batch", "100"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut input = child.stdin.take().expect("a pipe");
        let lines: String = (0..250).map(|number| format!("user{number}@example.org\n")).collect();
        input.write_all(format!("email\n{lines}").as_bytes()).expect("the program reads");
        input.flush().expect("the program reads");

        let start = Instant::now();
        while finance.list(&["users"]).len() < 200 {
            assert!(start.elapsed() < PATIENCE, "two batches were not committed");
            thread::sleep(Duration::from_millis(20));
        }
        child.kill().expect("it runs");
        child.wait().expect("it ends");

        assert_eq!(finance.list(&["users"]).len(), 200);
        assert_eq!(finance.list(&["events", "--waiting"]).len(), 200);
        let told =
            finance.run_with_input(&["import", "-", "--format", "csv"], format!("email\n{lines}").as_bytes());
        assert_eq!((told.code, told.out.as_str()), (1, "50 registered, 200 refused\n"), "it can be repeated");
        assert_eq!(finance.list(&["events"]).len(), 250);
    });
}
