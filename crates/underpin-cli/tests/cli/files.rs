//! `init`, `revision`, `merge`, `edit`: files come into being.

use serde_json::json;

use crate::program::Project;

#[test]
fn init_makes_a_directory_and_a_configuration() {
    let project = Project::empty();
    let told = project.run(&["init"]).done();
    assert_eq!(told.out, "created migrations/\ncreated underpin.toml\n");
    assert!(project.path("migrations").is_dir());
    assert!(project.read("underpin.toml").contains("migrations = \"migrations\""));
    project.run(&["init"]).ended(2, "underpin.toml is there already");

    let project = Project::empty();
    assert_eq!(
        project.json(&["init", "db/revisions"]),
        json!({"migrations": "db/revisions", "config": "underpin.toml"})
    );
    assert_eq!(project.ids(&["heads"]), [""; 0]);

    let project = Project::new();
    project.table("001", "none", "one");
    project.run(&["init"]).ended(2, "migrations is not empty");
    assert!(!project.path("underpin.toml").exists());
}

#[test]
fn a_directory_that_is_not_there_is_told() {
    let project = Project::empty();
    for command in [&["heads"][..], &["history"], &["revision", "-m", "x"], &["branches"], &["show", "head"]]
    {
        project.run(command).ended(2, "there is no directory migrations");
    }
}

#[test]
fn revisions_stand_on_the_head() {
    let project = Project::new();
    let told = project.run(&["revision", "-m", "Create users", "--rev-id", "001"]).done();
    assert_eq!(told.out, "migrations/001_create_users.sql\n");
    let text = project.read("migrations/001_create_users.sql");
    assert!(
        text.starts_with("-- Create users\n--\n-- revision: 001\n-- revises: none\n-- created: 2"),
        "{text}"
    );
    assert!(text.ends_with("-- +upgrade\n\n-- +downgrade\n"), "{text}");

    let object = &project.json(&["revision", "-m", "Add phone"])[0];
    assert_eq!(object["revises"], json!(["001"]));
    let id = object["revision"].as_str().unwrap();
    assert!(id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert_eq!(project.ids(&["heads"]), [id]);
}

#[test]
fn branches_are_begun_on_purpose_only() {
    let project = Project::new();
    project.table("aaaa1", "none", "a");
    project.table("aaaa2", "aaaa1", "b");
    project
        .run(&["revision", "-m", "x", "--head", "aaaa1"])
        .ended(2, "other revisions stand on aaaa1 already");
    let object = &project.json(&[
        "revision",
        "-m",
        "x",
        "--head",
        "aaaa1",
        "--splice",
        "--rev-id",
        "bbbb1",
        "--branch-label",
        "b",
    ])[0];
    assert_eq!((&object["revises"], &object["branch_labels"]), (&json!(["aaaa1"]), &json!(["b"])));
    project.run(&["revision", "-m", "y"]).ended(2, "head");
    let object = &project.json(&["revision", "-m", "y", "--head", "b@head", "--depends-on", "aaaa2"])[0];
    assert_eq!((&object["revises"], &object["depends_on"]), (&json!(["bbbb1"]), &json!(["aaaa2"])));
    let object = &project.json(&[
        "revision",
        "-m",
        "z",
        "--head",
        "base",
        "--branch-label",
        "billing",
        "--depends-on",
        "b",
    ])[0];
    assert_eq!((&object["revises"], &object["depends_on"]), (&json!([]), &json!(["b"])));
    project.run(&["revision", "-m", "x", "--head", "nobody"]).ended(2, "nobody");
    project.run(&["revision", "-m", "x", "--head", "aaaa2", "--depends-on", "nobody"]).ended(2, "nobody");
}

#[test]
fn what_would_spoil_the_graph_is_taken_back() {
    let project = Project::new();
    project.table("001", "none", "one");
    let files = || std::fs::read_dir(project.path("migrations")).unwrap().count();
    project.run(&["revision", "-m", "x", "--rev-id", "001"]).ended(2, "001");
    project.run(&["revision", "-m", "x", "--rev-id", "a b"]).ended(2, "a b");
    project.run(&["revision", "-m", "x", "--branch-label", "001"]).ended(2, "001");
    project.run(&["revision", "-m", "two\nlines"]).ended(2, "one line");
    assert_eq!(files(), 1);
    project.file("migrations/001.sql", "nonsense\n");
    project.run(&["revision", "-m", "x"]).ended(2, "001.sql:1");
}

#[test]
fn a_revision_without_sql_is_a_place_in_the_graph() {
    let project = Project::new();
    project.run(&["revision", "-m", "Meet here", "--rev-id", "001", "--sql-free"]).done();
    assert!(project.read("migrations/001_meet_here.sql").contains("Nothing runs here"));
    assert_eq!(project.ids(&["heads"]), ["001"]);
}

#[test]
fn merges_stand_on_all_heads() {
    let project = Project::new();
    project.table("aaaa1", "none", "a");
    project.run(&["merge"]).ended(2, "only aaaa1");
    project.table("bbbb1", "aaaa1", "b");
    project.table("cccc1", "aaaa1", "c");
    let object = &project.json(&["merge", "--rev-id", "dddd1"])[0];
    assert_eq!(object["revises"].as_array().unwrap().len(), 2);
    assert_eq!(object["message"], json!("Merge bbbb1 and cccc1"));
    assert_eq!(project.ids(&["heads"]), ["dddd1"]);
    project.run(&["merge", "bbbb1", "cccc1", "-m", "again"]).ended(2, "--splice");
    let object = &project.json(&["merge", "bbbb1", "cccc1", "-m", "again", "--splice"])[0];
    assert_eq!((&object["revises"], &object["message"]), (&json!(["bbbb1", "cccc1"]), &json!("again")));
}

#[test]
fn an_editor_opens_the_file() {
    let project = Project::new();
    project.table("001", "none", "one");
    project.run(&["edit", "head"]).ended(2, "no editor is named");
    let script = project.file("editor.sh", "echo \"-- edited by $1\" >> \"$2\"\n");
    let project = project.with("VISUAL", format!("sh {} me", script.display())).with("EDITOR", "false");
    project.run(&["edit", "001"]).done();
    assert!(project.read("migrations/001.sql").ends_with("-- edited by me\n"));
    project.run(&["edit", "base"]).ended(2, "names 0 revisions");
    project.run(&["edit", "nobody"]).ended(2, "nobody");
    let project = project.with("VISUAL", "false");
    project.run(&["edit"]).ended(1, "the editor `false` ended with");
    let breaking = project.file("breaking.sh", "echo \"CREATE TABLE t ('\" >> \"$1\"\n");
    let project = project.with("VISUAL", format!("sh {}", breaking.display()));
    project.run(&["edit"]).ended(2, "001.sql:");
}
