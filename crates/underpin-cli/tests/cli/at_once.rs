//! Eight processes that upgrade one database at the same time.

use std::process::{Child, Stdio};

use crate::program::{Project, Told};
use crate::scratch::{Scratch, on_each};

const PROCESSES: usize = 8;

/// More rounds are asked for by UNDERPIN_TEST_ROUNDS.
fn rounds() -> usize {
    std::env::var("UNDERPIN_TEST_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3)
}

fn round(scratch: &Scratch) {
    let project = Project::of_three(scratch);
    let start = |_| {
        let mut command = project.command(&["upgrade", "head", "--format", "json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
    };
    let children: Vec<Child> = (0..PROCESSES).map(start).collect();
    let mut steps = Vec::new();
    for child in children {
        let told = Told::of(&child.wait_with_output().expect("it ends")).done();
        let plan = told.json();
        assert_eq!(plan["heads_after"], serde_json::json!(["003"]), "{told:?}");
        steps
            .extend(plan["steps"].as_array().expect("steps").iter().map(|step| step["revision"].to_string()));
    }
    steps.sort();
    assert_eq!(steps, ["\"001\"", "\"002\"", "\"003\""], "each was applied by one process");
    assert_eq!(scratch.journal().len(), 3);
    project.run(&["downgrade", "base"]).done();
}

#[test]
fn every_revision_is_applied_once_and_all_processes_succeed() {
    on_each(|scratch| {
        for _ in 0..rounds() {
            round(scratch);
        }
    });
}
