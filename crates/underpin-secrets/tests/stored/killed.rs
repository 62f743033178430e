//! A rotation in a process of its own, which is killed at each step, in the middle of a batch, and at any moment.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use underpin_secrets::{DriverPlace, KeyRing, Rotation, Step, Usage};
use underpin_sql::driver::{Access, TransactionOptions};

use crate::scratch::{Scratch, connect};
use crate::table::{TOKENS, fill_tokens, opened_tokens, plain, tokens};

const URL: &str = "UNDERPIN_STORED_CHILD_URL";
const KEYS: &str = "UNDERPIN_STORED_CHILD_KEYS";
const FREE: &str = "UNDERPIN_STORED_CHILD_FREE";
const ROWS: usize = 60;
const BATCH: usize = 10;
/// Each batch is read and written.
const STEPS: usize = ROWS / BATCH * 2;

/// What the process does that is killed; without the variables this is nothing.
#[tokio::test]
async fn child() {
    let (Ok(url), Ok(keys)) = (env::var(URL), env::var(KEYS)) else { return };
    let is_free = env::var(FREE).is_ok();
    let ring = KeyRing::parse(&keys).unwrap();
    let mut place = DriverPlace::new(connect(&url).await);
    let mut answer = String::new();
    let rotation = Rotation::new(&ring).batch(BATCH);
    let column = tokens();
    let report = rotation.run(&mut place, &column, |progress| {
        let step = if progress.step == Step::Read { "read" } else { "written" };
        println!("step {step}");
        if !is_free {
            answer.clear();
            std::io::stdin().lock().read_line(&mut answer).unwrap();
        }
    });
    println!("done {}", report.await.unwrap().written);
}

struct Rotating {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Rotating {
    fn begin(scratch: &Scratch, ring: &KeyRing, is_free: bool) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "killed::child", "--nocapture", "--test-threads=1"]);
        command.env(URL, &scratch.url).env(KEYS, ring.expose().expose());
        if is_free {
            command.env(FREE, "yes");
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next thing that it tells: a step at which it waits, or that it is done; none if it has ended.
    fn told(&mut self) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            // The first line may stand behind what the test runner prints.
            if let Some(at) = line.find("step ").or_else(|| line.find("done ")) {
                return Some(line[at..].trim().to_owned());
            }
        }
    }

    fn go_on(&mut self) {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }

    /// SIGKILL.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

async fn prepared(scratch: &Scratch) -> KeyRing {
    scratch.script(TOKENS).await;
    let old = KeyRing::generate().unwrap();
    fill_tokens(scratch, &old, 0..ROWS).await;
    old.with_new_key().unwrap().promote(2).unwrap()
}

async fn nothing_is_lost(scratch: &Scratch, ring: &KeyRing) -> u64 {
    let expected: Vec<(usize, String)> = (0..ROWS).map(|number| (number, plain(number))).collect();
    assert_eq!(opened_tokens(scratch, ring).await, expected);
    let usage = Usage::count(&mut scratch.place(), &tokens()).await.unwrap();
    assert_eq!(usage.rows_of(1) + usage.rows_of(2), ROWS as u64);
    usage.rows_of(2)
}

#[tokio::test]
async fn killed_at_each_step_it_goes_on_where_it_was() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        let mut written = 0;
        // Each process comes one step further than nothing: its first batch is read, or written too.
        for kill in 0..STEPS {
            let mut rotating = Rotating::begin(&scratch, &ring, false);
            let steps = 1 + kill % 2;
            for step in 0..steps {
                let told = rotating.told().unwrap();
                assert_eq!(told, ["step read", "step written"][step]);
                if step + 1 < steps {
                    rotating.go_on();
                }
            }
            rotating.kill();
            written += if steps == 2 { BATCH as u64 } else { 0 };
            assert_eq!(nothing_is_lost(&scratch, &ring).await, written);
        }
        assert_eq!(written, ROWS as u64);
    }
}

#[tokio::test]
async fn killed_at_each_step_of_one_run_another_run_does_the_rest() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        for steps in 1..=STEPS {
            scratch.script("DELETE FROM tokens").await;
            let old = ring.promote(1).unwrap();
            fill_tokens(&scratch, &old, 0..ROWS).await;
            let mut rotating = Rotating::begin(&scratch, &ring, false);
            for step in 1..=steps {
                assert!(rotating.told().unwrap().starts_with("step"));
                if step < steps {
                    rotating.go_on();
                }
            }
            rotating.kill();
            let written = nothing_is_lost(&scratch, &ring).await;
            assert_eq!(written, (steps / 2 * BATCH) as u64);
            let report = Rotation::new(&ring).run(&mut scratch.place(), &tokens(), |_| {}).await.unwrap();
            assert_eq!((report.read, report.written), (ROWS as u64 - written, ROWS as u64 - written));
            assert_eq!(nothing_is_lost(&scratch, &ring).await, ROWS as u64);
        }
    }
}

#[tokio::test]
async fn killed_in_the_middle_of_a_write_the_batch_is_whole_or_not_there() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        for _ in 0..3 {
            // Somebody holds a row of the batch, so that the write has begun and cannot end.
            let mut holder = connect(&scratch.url).await.acquire(Access::Write).await.unwrap();
            holder.begin(TransactionOptions::new());
            let row = "UPDATE tokens SET kind = kind WHERE value NOT LIKE 'AQEAAAAC%'";
            holder.script(row).await.unwrap();
            let mut rotating = Rotating::begin(&scratch, &ring, false);
            assert_eq!(rotating.told().unwrap(), "step read");
            rotating.go_on();
            if scratch.is_postgres() {
                let waiting = "SELECT '1' FROM pg_stat_activity WHERE wait_event_type = 'Lock' \
                    AND datname = current_database()";
                while scratch.rows(waiting).await.is_empty() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            } else {
                tokio::time::sleep(Duration::from_millis(150)).await;
            }
            rotating.kill();
            holder.rollback().await.unwrap();
            drop(holder);
            if scratch.is_postgres() {
                // The server may finish what it was sent, or not; it is done with it when it has closed the session.
                let sessions = "SELECT '1' FROM pg_stat_activity WHERE query LIKE 'UPDATE%tokens%RETURNING%' \
                    AND state = 'active' AND datname = current_database()";
                while !scratch.rows(sessions).await.is_empty() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
            assert_eq!(nothing_is_lost(&scratch, &ring).await % BATCH as u64, 0);
        }
        Rotation::new(&ring).run(&mut scratch.place(), &tokens(), |_| {}).await.unwrap();
        assert_eq!(nothing_is_lost(&scratch, &ring).await, ROWS as u64);
    }
}

#[tokio::test]
async fn killed_at_any_moment_no_row_is_lost() {
    for scratch in Scratch::each().await {
        let ring = prepared(&scratch).await;
        for round in 0..12_u64 {
            let mut rotating = Rotating::begin(&scratch, &ring, true);
            let _ = rotating.told();
            std::thread::sleep(Duration::from_micros(round * 700));
            rotating.kill();
            assert_eq!(nothing_is_lost(&scratch, &ring).await % BATCH as u64, 0);
        }
        let mut rotating = Rotating::begin(&scratch, &ring, true);
        let mut last = None;
        while let Some(told) = rotating.told() {
            last = Some(told);
        }
        rotating.child.wait().unwrap();
        assert!(last.unwrap().starts_with("done"));
        assert_eq!(nothing_is_lost(&scratch, &ring).await, ROWS as u64);
    }
}
