//! `current`: what is applied, without a trace.

use serde_json::json;

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

#[test]
fn it_shows_where_a_database_is() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        let told = project.run(&["current"]).done();
        assert_eq!((told.out.as_str(), told.err.as_str()), ("", "nothing is applied\n"));
        project.run(&["upgrade", "002"]).done();
        let told = project.run(&["current"]).done();
        assert_eq!((told.out.as_str(), told.err.as_str()), ("002  Make 002  (current)\n", ""));
        project.run(&["upgrade"]).done();
        assert_eq!(project.run(&["current"]).done().out, "003  Make 003  (current, head)\n");
        let told = project.run(&["current", "-v"]).done();
        for fact in ["003", "message", "file", "revises     002", "applied"] {
            assert!(told.out.contains(fact), "{fact}: {}", told.out);
        }
        let list = project.json(&["current"]);
        assert_eq!(list.as_array().unwrap().len(), 1);
        assert_eq!(
            (&list[0]["revision"], &list[0]["is_head"], &list[0]["is_current"]),
            (&json!("003"), &json!(true), &json!(true))
        );
        assert_eq!(list[0]["journal"]["state"], json!("applied"));
    });
}

#[test]
fn it_checks_the_heads() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.run(&["current", "--check-heads"]).ended(1, "3 revisions are missing");
        project.run(&["upgrade", "002"]).done();
        let told = project.run(&["current", "--check-heads"]).ended(1, "1 revision is missing");
        assert_eq!(told.out, "002  Make 002  (current)\n");
        project.run(&["upgrade"]).done();
        project.run(&["current", "-c"]).done();
    });
}

#[test]
fn it_leaves_no_trace() {
    let scratch = Scratch::sqlite();
    let project = Project::of_three(&scratch);
    project.run(&["current"]).done();
    assert!(!std::path::Path::new(scratch.file()).exists(), "no file was made");
    let scratch = Scratch::postgres();
    let project = Project::of_three(&scratch);
    project.run(&["current"]).done();
    project.run(&["history", "-i"]).done();
    assert_eq!(scratch.catalog(), [""; 0], "no table was made");
}

/// The files of a scratch directory.
fn files(scratch: &Scratch) -> Vec<(String, Vec<u8>)> {
    let directory = std::path::Path::new(scratch.file()).parent().unwrap();
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<_> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn looking_leaves_every_file_as_it_was() {
    for journal_mode in ["delete", "wal"] {
        let scratch = Scratch::sqlite();
        let database = rusqlite::Connection::open(scratch.file()).unwrap();
        database.pragma_update(None, "journal_mode", journal_mode).unwrap();
        database.execute_batch("CREATE TABLE t (id integer)").unwrap();
        database.close().unwrap();
        let before = files(&scratch);
        assert_eq!(before.len(), 1);
        let project = Project::of_three(&scratch);
        for command in
            [&["current"][..], &["history", "-i"], &["upgrade", "--dry-run"], &["repair", "--dry-run"]]
        {
            project.run(command).done();
            assert!(files(&scratch) == before, "{journal_mode} {command:?}");
        }
    }
}

#[test]
fn a_database_that_is_newer_is_shown_and_fails_the_check() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.run(&["upgrade"]).done();
        std::fs::remove_file(project.path("migrations/003.sql")).unwrap();
        let told = project.run(&["current"]).done();
        assert!(told.err.contains("003 is applied, and no file is that revision"), "{told:?}");
        project.run(&["current", "-c"]).ended(1, "newer than the files");
    });
}
