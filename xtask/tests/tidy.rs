//! Holds the real workspace to every rule; each failure names the files and what to do.

#![allow(clippy::unwrap_used, reason = "a workspace that cannot be read fails the test")]

use std::path::Path;

use xtask::{Finding, Workspace};

fn read() -> Workspace {
    Workspace::read(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()).unwrap()
}

fn hold(rule: fn(&Workspace) -> Vec<Finding>) {
    let findings = rule(&read());
    let lines: Vec<String> = findings.iter().map(|finding| format!("  {finding}")).collect();
    assert!(lines.is_empty(), "{} found:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn files_are_short() {
    hold(xtask::file_length);
}

#[test]
fn files_open_with_a_sentence() {
    hold(xtask::opening);
}

#[test]
fn macros_are_thin() {
    hold(xtask::macro_budget);
}

#[test]
fn dialects_mirror_each_other() {
    hold(xtask::mirror);
}

#[test]
fn modules_are_named_for_their_idea() {
    hold(xtask::module_names);
}

#[test]
fn features_switch_modules() {
    hold(xtask::feature_switches);
}

#[test]
fn hidden_items_are_few() {
    hold(xtask::hidden_docs);
}

/// The tree that is checked is this one, and all of it.
#[test]
fn the_real_tree_is_read() {
    let workspace = read();
    let has = |path: &str| workspace.sources.iter().any(|source| source.path() == path);
    assert!(
        has("xtask/tests/tidy.rs")
            && has("crates/underpin-id/src/id.rs")
            && has("crates/underpin/src/lib.rs")
    );
    assert!(!workspace.sources.iter().any(|source| source.path().starts_with("target/")));
}
