//! A rotation or a backfill in a process of its own, which waits at each step, or goes on freely, until it is killed.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use underpin_secrets::{Backfill, DriverPlace, KeyRing, Progress, Rotation, Step};

use crate::scratch::{Scratch, connect};
use crate::table::{tokens, visits};

const URL: &str = "UNDERPIN_STORED_CHILD_URL";
const KEYS: &str = "UNDERPIN_STORED_CHILD_KEYS";
const FREE: &str = "UNDERPIN_STORED_CHILD_FREE";
const WORK: &str = "UNDERPIN_STORED_CHILD_WORK";
/// By which the server knows the sessions of such a process.
pub(crate) const SESSION: &str = "underpin_stored_child";

/// How many rows there are to work on, and how many in a batch.
pub(crate) const ROWS: usize = 60;
pub(crate) const BATCH: usize = 10;
/// Each batch is read and written.
pub(crate) const STEPS: usize = ROWS / BATCH * 2;

/// What the process does that is killed; without the variables this is nothing.
#[tokio::test]
async fn child() {
    let (Ok(url), Ok(keys), Ok(work)) = (env::var(URL), env::var(KEYS), env::var(WORK)) else { return };
    let is_free = env::var(FREE).is_ok();
    let ring = KeyRing::parse(&keys).unwrap();
    let mut place = DriverPlace::new(connect(&url).await);
    let mut answer = String::new();
    let wait = |progress: Progress<'_>| {
        let step = if progress.step == Step::Read { "read" } else { "written" };
        println!("step {step}");
        if !is_free {
            answer.clear();
            std::io::stdin().lock().read_line(&mut answer).unwrap();
        }
    };
    let report = match work.as_str() {
        "rotate" => Rotation::new(&ring).batch(BATCH).run(&mut place, &tokens(), wait).await,
        _ => Backfill::new(&ring).batch(BATCH).run(&mut place, &visits(), wait).await,
    };
    println!("done {}", report.unwrap().written);
}

/// What the process is to do.
#[derive(Clone, Copy)]
pub(crate) enum Work {
    /// Bring tokens under the primary key.
    Rotate,
    /// Encrypt visits.
    Fill,
}

pub(crate) struct Working {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Working {
    pub(crate) fn begin(work: Work, scratch: &Scratch, ring: &KeyRing, is_free: bool) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "child::child", "--nocapture", "--test-threads=1"]);
        command.env(URL, &scratch.url).env(KEYS, ring.expose().expose()).env("PGAPPNAME", SESSION);
        command.env(WORK, if matches!(work, Work::Rotate) { "rotate" } else { "fill" });
        if is_free {
            command.env(FREE, "yes");
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next thing that it tells: a step at which it waits, or that it is done; none if it has ended.
    pub(crate) fn told(&mut self) -> Option<String> {
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

    pub(crate) fn go_on(&mut self) {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }

    /// SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Lets it come to its end, and gives the last thing that it told.
    pub(crate) fn end(mut self) -> Option<String> {
        let mut last = None;
        while let Some(told) = self.told() {
            last = Some(told);
        }
        self.child.wait().unwrap();
        last
    }
}
