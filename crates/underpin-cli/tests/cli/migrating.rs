//! `upgrade` and `downgrade`: what they do, what they print, and how they fail.

use serde_json::json;

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

#[test]
fn up_and_down() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        let told = project.run(&["upgrade"]).done();
        let lines: Vec<&str> = told.out.lines().collect();
        assert_eq!(lines.len(), 3, "{told:?}");
        assert!(lines[0].starts_with("up     001  Make 001  (") && lines[0].ends_with(" ms)"), "{told:?}");
        for said in ["[1/3] 001 Make 001\n", "[3/3] 003 Make 003\n", "3 steps in ", "; at 003\n"] {
            assert!(told.err.contains(said), "{said}: {told:?}");
        }
        let told = project.run(&["upgrade", "head"]).done();
        assert_eq!((told.out.as_str(), told.err.as_str()), ("", "nothing to do; at 003\n"));
        let told = project.run(&["downgrade", "-2", "--quiet"]).done();
        assert!(told.out.starts_with("down   003  Make 003  (") && told.err.is_empty(), "{told:?}");
        assert_eq!(project.ids(&["current"]), ["001"]);
        let plan = project.json(&["downgrade", "base"]);
        assert_eq!(
            plan,
            json!({"steps": [{"revision": "001", "direction": "down"}], "heads_before": ["001"], "heads_after": []})
        );
        assert_eq!(project.run(&["downgrade", "base"]).done().err, "nothing to do; nothing is applied\n");
    });
}

#[test]
fn a_revision_that_nobody_has_filled_is_named() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.run(&["revision", "-m", "To be filled", "--rev-id", "004"]).done();
        let told = project.run(&["upgrade", "--dry-run"]).done();
        assert!(
            told.err.contains("note: 004 has no statements: ") && !told.err.contains("003 has"),
            "{told:?}"
        );
        let told = project.run(&["upgrade"]).done();
        assert!(
            told.err.contains("note: 004 has no statements: ") && !told.err.contains("003 has"),
            "{told:?}"
        );
    });
}

#[test]
fn a_dry_run_prints_exactly_this_and_changes_nothing() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        let up = json!({
            "steps": [
                {"revision": "001", "direction": "up"},
                {"revision": "002", "direction": "up"},
                {"revision": "003", "direction": "up"},
            ],
            "heads_before": [],
            "heads_after": ["003"],
        });
        assert_eq!(project.json(&["upgrade", "head", "--dry-run"]), up);
        assert!(project.run(&["upgrade", "--dry-run"]).done().out.contains("CREATE TABLE two (id integer);"));
        let stamp = project.json(&["stamp", "002", "--dry-run"]);
        assert_eq!(
            (&stamp["steps"], &stamp["heads_after"]),
            (&json!([{"revision": "002", "direction": "stamp"}]), &json!(["002"]))
        );
        if scratch.is_postgres() {
            assert_eq!(scratch.catalog(), [""; 0], "not even the journal was made");
        } else {
            assert!(!std::path::Path::new(scratch.file()).exists(), "not even the file was made");
        }
        project.run(&["upgrade", "002"]).done();
        let before = (scratch.catalog(), scratch.journal());
        let bytes = || (!scratch.is_postgres()).then(|| std::fs::read(scratch.file()).unwrap());
        let file = bytes();
        let down = json!({"steps": [{"revision": "002", "direction": "down"}], "heads_before": ["002"], "heads_after": ["001"]});
        assert_eq!(project.json(&["downgrade", "-1", "--dry-run"]), down);
        assert_eq!(bytes(), file, "the file is the same, byte for byte");
        assert_eq!((scratch.catalog(), scratch.journal()), before);
    });
}

#[test]
fn a_file_that_is_not_there_is_not_made_by_a_downgrade() {
    let scratch = Scratch::sqlite();
    let project = Project::of_three(&scratch);
    project.run(&["downgrade", "base"]).done();
    assert!(!std::path::Path::new(scratch.file()).exists());
}

#[test]
fn a_statement_that_fails_is_shown_with_its_place_and_what_the_database_said() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.revision(
            "004",
            "revises: 003",
            "CREATE TABLE four (id integer);\nALTER TABLE nobody ADD COLUMN x integer;",
            "DROP TABLE four;",
        );
        let told = project.run(&["upgrade"]).ended(3, "migrations/004.sql:8");
        for said in ["error: ", "004", "ALTER TABLE nobody", "nobody", "because:", "hint: "] {
            assert!(told.err.contains(said), "{said}: {}", told.err);
        }
        assert_eq!(told.out.lines().count(), 3, "what was done is told: {told:?}");
        assert_eq!(project.ids(&["current"]), ["003"]);
        assert!(!scratch.catalog().iter().any(|line| line.contains("four")), "nothing of it was kept");
    });
}

#[test]
fn wrong_names_are_mistakes() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        for (arguments, why) in [
            (&["upgrade", "nobody"][..], "nobody"),
            (&["upgrade", "+4"], "+4"),
            (&["upgrade", "00"], "00"),
            (&["upgrade", "a b"], "a b"),
            (&["upgrade", "001:002"], "a range"),
            (&["downgrade", "001"], "001"),
            (&["downgrade", "-1"], "-1"),
            (&["downgrade", "base", "--sql"], "base"),
        ] {
            project.run(arguments).ended(2, why);
        }
    });
}

#[test]
fn an_edited_file_is_refused_by_name() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.run(&["upgrade", "002"]).done();
        project.table("001", "none", "one_and_a_half");
        project.run(&["upgrade"]).ended(2, "001.sql");
        assert_eq!(project.ids(&["current"]), ["002"]);
    });
}

#[test]
fn a_function_that_nobody_registered_is_refused_before_anything_runs() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.file(
            "migrations/004.sql",
            "-- Encrypt\n--\n-- revision: 004\n-- revises: 003\n\n-- +upgrade call encrypt_phones\n",
        );
        let told = project.run(&["upgrade"]);
        assert!(told.code >= 2 && told.err.contains("encrypt_phones"), "{told:?}");
        assert_eq!(project.ids(&["current"]), [""; 0]);
    });
}

#[test]
fn a_batch_tells_its_rows() {
    on_each(|scratch| {
        let project = Project::on(scratch);
        project.table("001", "none", "one");
        project.file(
            "migrations/002.sql",
            "-- Fill\n--\n-- revision: 002\n-- revises: 001\n\n-- +upgrade batch one.id size=10\n\
             UPDATE one SET id = id WHERE id BETWEEN :first AND :last;\n\n-- +downgrade\n",
        );
        project.run(&["upgrade", "001"]).done();
        scratch.script("INSERT INTO one VALUES (1), (2), (30)");
        assert!(project.run(&["upgrade"]).done().out.starts_with("up     002  Fill  ("));
        assert_eq!(scratch.column("SELECT CAST(count(*) AS text) FROM one"), ["3"]);
    });
}
