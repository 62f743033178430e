//! `import`: the files of other tools become revisions.

use serde_json::json;

use crate::program::Project;
use crate::scratch::Scratch;

#[test]
fn files_become_revisions_that_run() {
    let scratch = Scratch::sqlite();
    let project = Project::on(&scratch);
    project.file("old/1_users.up.sql", "CREATE TABLE users (id integer);\n");
    project.file("old/1_users.down.sql", "DROP TABLE users;\n");
    project.file("old/2_phones.up.sql", "CREATE TABLE phones (id integer);\n");
    project.file("old/2_phones.down.sql", "DROP TABLE phones;\n");
    let told = project.run(&["import", "old"]).done();
    assert_eq!(told.out, "migrations/1_users.sql\nmigrations/2_phones.sql\n");
    assert_eq!(project.ids(&["history"]), ["2", "1"]);
    project.run(&["upgrade"]).done();
    project.run(&["downgrade", "base"]).done();
    project.run(&["import", "old"]).ended(2, "1 is a revision already");
}

#[test]
fn what_is_no_layout_is_refused() {
    let project = Project::new();
    project.run(&["import", "nowhere"]).ended(2, "nowhere");
    project.file("odd/readme.txt", "");
    assert_eq!(project.run(&["import", "odd"]).code, 2);
    project.file("plain/1_a.up.sql", "CREATE TABLE a (id integer);\n");
    let objects = project.json(&["import", "plain"]);
    assert_eq!((&objects[0]["revision"], &objects[0]["revises"]), (&json!("1"), &json!([])));
}
