//! A run in a process of its own: this very executable, told by its environment what to do.

use std::env;
use std::process::{Child, Command, Stdio};

use underpin_migrate::{Destination, Runner};

use super::dying::{Death, Dying};
use super::mixed::{functions, mixed};
use super::place::{Place, Places};
use super::revisions::once;

const PLACE: &str = "UNDERPIN_TEST_CHILD_PLACE";
const HISTORY: &str = "UNDERPIN_TEST_CHILD_HISTORY";
const KILL_BEFORE: &str = "UNDERPIN_TEST_CHILD_KILL_BEFORE";

/// Starts a process that upgrades a database to the head of a history, `mixed` or `once`, and kills itself before the
/// given change that it makes.
pub(crate) fn upgrade(place: &Place, history: &str, kill_before: Option<usize>) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "child::a_process_upgrades_by_itself", "--nocapture", "--test-threads=1"]);
    command.env(PLACE, place.to_env()).env(HISTORY, history).env("RUST_BACKTRACE", "0");
    if let Some(number) = kill_before {
        command.env(KILL_BEFORE, number.to_string());
    }
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// In the environment that [`upgrade`] makes it is the process; otherwise it starts one.
#[tokio::test]
async fn a_process_upgrades_by_itself() {
    let Ok(place) = env::var(PLACE) else {
        let directory = tempfile::tempdir().unwrap();
        let place = Places::sqlite(directory.path()).fresh().await;
        let output = upgrade(&place, "mixed", None).wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(place.journal().await.matches(" applied ").count(), 4);
        return;
    };
    let place = Place::of_env(&place);
    let graph = if env::var(HISTORY).unwrap() == "mixed" { mixed() } else { once() };
    let runner = Runner::new(&graph).functions(functions());
    let target = place.connect().await;
    match env::var(KILL_BEFORE) {
        Ok(number) => {
            let mut target = Dying::new(target, number.parse().unwrap(), Death::Kill);
            runner.upgrade(&mut target, &Destination::head()).await.unwrap();
        }
        Err(_) => {
            let mut target = target;
            runner.upgrade(&mut *target, &Destination::head()).await.unwrap();
        }
    }
}
