//! `adopt`: a database of another tool is taken over without running anything.

use serde_json::json;

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

#[test]
fn alembic_is_found_by_its_version() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.run(&["adopt"]).ended(2, "no table of Alembic");
        scratch.script("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)");
        scratch.script("INSERT INTO alembic_version VALUES ('002')");
        let told = project.run(&["adopt", "--dry-run"]).done();
        assert!(told.err.contains("would be at 002"), "{told:?}");
        assert!(!scratch.catalog().iter().any(|line| line.contains("underpin_revisions")));
        let told = project.run(&["adopt", "--format", "json"]).done().json();
        let expected = json!({
            "tools": [{"tool": "alembic", "versions": ["002"]}],
            "stamped": ["001", "002"],
            "heads_after": ["002"],
        });
        assert_eq!(told, expected);
        assert_eq!(project.ids(&["current"]), ["002"]);
        assert_eq!(project.json(&["current"])[0]["journal"]["state"], json!("stamped"));
        project.run(&["adopt"]).ended(2, "adopted already");
    });
}

#[test]
fn tools_that_list_all_that_is_applied_are_found_too() {
    for (table, columns) in [
        ("_sqlx_migrations", "(version bigint, success boolean)"),
        ("__diesel_schema_migrations", "(version varchar(50))"),
        ("refinery_schema_history", "(version int)"),
    ] {
        on_each(|scratch| {
            let project = Project::on(scratch);
            project.table("1", "none", "one");
            project.table("2", "1", "two");
            project.table("3", "2", "three");
            scratch.script(&format!("CREATE TABLE {table} {columns}"));
            let row = |version: &str| match columns.contains("success") {
                true => scratch.script(&format!("INSERT INTO {table} VALUES ({version}, true)")),
                false => scratch.script(&format!("INSERT INTO {table} VALUES ({version})")),
            };
            project.run(&["adopt"]).ended(2, "is empty");
            row("2");
            row("3");
            project.run(&["adopt"]).ended(2, "not what it stands on");
            row("1");
            project.run(&["adopt"]).done();
            assert_eq!(project.ids(&["current"]), ["3"]);
            project.run(&["upgrade"]).done();
        });
    }
}

#[test]
fn a_version_that_no_revision_is_can_be_said_by_hand() {
    let scratch = Scratch::sqlite();
    let project = Project::of_three(&scratch);
    scratch.script("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)");
    scratch.script("INSERT INTO alembic_version VALUES ('deadbeef')");
    project.run(&["adopt"]).ended(2, "no revision is the version deadbeef");
    project.run(&["adopt", "--as", "nobody"]).ended(2, "nobody");
    project.run(&["adopt", "--as", "001"]).done();
    assert_eq!(project.ids(&["current"]), ["001"]);
}
