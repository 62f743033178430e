//! `squash`: one revision for many, beside the old ones.

use serde_json::json;

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

fn squashed(scratch: &Scratch) -> Project {
    let project = Project::of_three(scratch);
    project.table("004", "003", "four");
    let told = project.run(&["squash", "-m", "The first year", "001:003", "--rev-id", "s1"]).done();
    assert_eq!(told.out, "migrations/s1_the_first_year.sql\n");
    assert!(told.err.contains("stands for 3 revisions"), "{told:?}");
    project
}

#[test]
fn an_empty_database_takes_the_squash() {
    on_each(|scratch| {
        let project = squashed(scratch);
        let text = project.read("migrations/s1_the_first_year.sql");
        assert!(text.contains("-- replaces: 001, 002, 003\n"), "{text}");
        assert!(text.contains("-- 002: Make 002\nCREATE TABLE two (id integer);\n"), "{text}");
        assert!(
            text.contains("-- 003: Make 003\nDROP TABLE three;\n\n-- 002: Make 002\nDROP TABLE two;\n"),
            "{text}"
        );
        let verbose = project.run(&["history", "-v"]).done().out;
        assert!(verbose.contains("old files   stay until `underpin squash --status`"), "{verbose}");
        let plan = project.json(&["upgrade"]);
        let steps: Vec<&str> =
            plan["steps"].as_array().unwrap().iter().map(|step| step["revision"].as_str().unwrap()).collect();
        assert_eq!(steps, ["s1", "004"]);
        project.run(&["downgrade", "base"]).done();
    });
}

#[test]
fn a_database_on_its_way_walks_the_old_files_and_passes() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.run(&["upgrade", "002"]).done();
        project.table("004", "003", "four");
        project.run(&["squash", "-m", "The first year", "001:003", "--rev-id", "s1"]).done();
        let told = project.run(&["squash", "--status"]).ended(1, "has not passed s1");
        assert!(told.err.contains("keep the old files"), "{told:?}");
        project.run(&["upgrade"]).done();
        assert_eq!(project.ids(&["current"]), ["004"]);
        let told = project.run(&["squash", "--status"]).done();
        assert!(
            told.err.contains(
                "may be deleted:\n  migrations/001.sql\n  migrations/002.sql\n  migrations/003.sql\n"
            ),
            "{told:?}"
        );
        assert_eq!(
            project.json(&["squash", "--status"]),
            json!({"squashes": [{"revision": "s1", "state": "passed", "replaces": ["001", "002", "003"]}]})
        );
        for id in ["001", "002", "003"] {
            std::fs::remove_file(project.path(&format!("migrations/{id}.sql"))).unwrap();
        }
        let text = project.read("migrations/004.sql");
        assert!(text.contains("revises: 003"), "it was not touched");
        project.run(&["current", "-c"]).done();
    });
}

#[test]
fn the_status_is_told_for_each_database() {
    let project = squashed(&Scratch::sqlite());
    project.run(&["upgrade", "--url", "sqlite:new.db"]).done();
    let told =
        project.run(&["squash", "--status", "--each", "sqlite:new.db", "--each", "sqlite:later.db"]).done();
    assert_eq!(told.out, "sqlite:new.db    s1 passed\nsqlite:later.db  s1 will take it\n");
    assert!(!project.path("later.db").exists());
}

#[test]
fn ranges_that_have_no_single_end_are_refused() {
    let project = Project::new();
    project.table("aaaa1", "none", "a");
    project.table("bbbb1", "aaaa1", "b");
    project.table("cccc1", "aaaa1", "c");
    project.table("dddd1", "bbbb1", "d");
    project.run(&["squash", "-m", "x", "aaaa1"]).ended(2, "no range");
    project.run(&["squash", "-m", "x", "aaaa1:aaaa1"]).ended(2, "two or more");
    project.run(&["squash", "-m", "x", "aaaa1:dddd1"]).ended(2, "cccc1 stands on aaaa1, in the middle");
    project.run(&["squash", "-m", "x", "aaaa1:nobody"]).ended(2, "nobody");
    let told = project.run(&["squash", "--status"]).done();
    assert!(told.err.contains("no revision is a squash"), "{told:?}");
}
