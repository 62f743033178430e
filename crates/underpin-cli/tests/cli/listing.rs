//! `history`, `heads`, `branches`, `show`: what the files say.

use serde_json::json;

use crate::program::Project;
use crate::scratch::on_each;

/// `aaaa1`, on which `bbbb1` (label b) and `cccc1` stand, which `dddd1` brings together; `eeee1` begins another base.
fn forked() -> Project {
    let project = Project::new();
    project.table("aaaa1", "none", "a");
    project.revision(
        "bbbb1",
        "revises: aaaa1\nbranch_labels: b",
        "CREATE TABLE b (id integer);",
        "DROP TABLE b;",
    );
    project.table("cccc1", "aaaa1", "c");
    project.table("dddd1", "bbbb1, cccc1", "d");
    project.revision(
        "eeee1",
        "revises: none\ndepends_on: b",
        "CREATE TABLE e (id integer);",
        "DROP TABLE e;",
    );
    project
}

#[test]
fn history_draws_the_graph() {
    insta::assert_snapshot!(forked().run(&["history", "--graph"]).done().out, @r#"
    *  dddd1  Make dddd1  (head, merge)
    |\
    | | *  eeee1  Make eeee1  (head, base)  needs b
    * |  bbbb1  Make bbbb1  [b]
    | *  cccc1  Make cccc1
    |/
    *  aaaa1  Make aaaa1  (base, branch point)
    "#);
}

#[test]
fn history_is_plain_in_a_pipe_and_whole_as_json() {
    let project = forked();
    let told = project.run(&["history"]).done();
    assert_eq!(told.out.lines().count(), 5, "{told:?}");
    assert!(told.out.contains("bbbb1  Make bbbb1  [b]\n"), "{told:?}");
    let list = project.json(&["history"]);
    let merge = list.as_array().unwrap().iter().find(|object| object["revision"] == "dddd1").unwrap();
    assert_eq!((&merge["is_merge_point"], &merge["revises"]), (&json!(true), &json!(["bbbb1", "cccc1"])));
    let verbose = project.run(&["history", "-v"]).done().out;
    assert!(verbose.contains("  depends on  b\n") && verbose.contains("bbbb1 [b]\n"), "{verbose}");
    let drawn = project.run(&["history", "-v", "--graph"]).done().out;
    assert!(drawn.contains('*') && drawn.contains("depends on"), "{drawn}");
}

#[test]
fn history_takes_ranges_and_marks_what_is_applied() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        assert_eq!(project.ids(&["history", "-r", "002:"]), ["003", "002"]);
        assert_eq!(project.ids(&["history", "-r", ":002"]), ["002", "001"]);
        project.run(&["upgrade", "002"]).done();
        assert_eq!(project.ids(&["history", "-r", "current:"]), ["003", "002"]);
        let drawn = project.run(&["history", "-i", "--graph"]).done().out;
        assert_eq!(
            drawn,
            "o  003  Make 003  (head)\n*  002  Make 002  (current)\n*  001  Make 001  (base)\n"
        );
        let plain = project.run(&["history", "-i"]).done().out;
        assert_eq!(
            plain,
            "o  003  Make 003  (head)\n*  002  Make 002  (current)\n*  001  Make 001  (base)\n"
        );
        let list = project.json(&["history", "-i"]);
        assert_eq!((&list[0]["is_applied"], &list[1]["is_current"]), (&json!(false), &json!(true)));
        project.run(&["history", "-r", "nobody:"]).ended(2, "nobody");
        project.run(&["history", "-r", "a:b:c"]).ended(2, "a:b:c");
    });
}

#[test]
fn an_empty_directory_has_no_history() {
    let project = Project::new();
    let told = project.run(&["history"]).done();
    assert_eq!((told.out.as_str(), told.err.as_str()), ("", "no revisions\n"));
    assert_eq!(project.json(&["history"]), json!([]));
    assert_eq!(project.json(&["heads"]), json!([]));
    assert_eq!(project.json(&["branches"]), json!([]));
}

#[test]
fn heads_and_branches_are_listed() {
    let project = forked();
    assert_eq!(project.run(&["heads"]).done().out.lines().count(), 2);
    assert_eq!(project.ids(&["heads"]).len(), 2);
    assert!(project.run(&["heads", "-v"]).done().out.contains("message"));
    insta::assert_snapshot!(project.run(&["branches"]).done().out, @r#"
    aaaa1  Make aaaa1  (base, branch point)
      -> bbbb1  Make bbbb1  [b]
      -> cccc1  Make cccc1
    "#);
    assert_eq!(project.json(&["branches"])[0]["children"], json!(["bbbb1", "cccc1"]));
    assert!(project.run(&["branches", "-v"]).done().out.contains("message"));
    let told = Project::new().run(&["branches"]).done();
    assert_eq!((told.out.as_str(), told.err.as_str()), ("", "no revision has several on it\n"));
}

#[test]
fn show_prints_the_file() {
    let project = forked();
    let told = project.run(&["show", "bb"]).done();
    assert!(told.out.starts_with("bbbb1 [b]\n  message     Make bbbb1\n"), "{}", told.out);
    assert!(told.out.ends_with(&project.read("migrations/bbbb1.sql")), "{}", told.out);
    let list = project.json(&["show", "b@head"]);
    assert_eq!(list[0]["revision"], json!("dddd1"));
    assert!(list[0]["text"].as_str().unwrap().contains("+upgrade"));
    project.run(&["show", "zz"]).ended(2, "zz");
    project.run(&["show", "head"]).ended(2, "head");
}

#[test]
fn a_malformed_file_is_named_with_its_line() {
    let project = forked();
    for (text, line) in [("-- A\n--\n-- revision: x\n", ":3"), ("SELECT 1;\n", ":1")] {
        project.file("migrations/x.sql", text);
        for command in
            [&["heads"][..], &["history"], &["show", "head"], &["upgrade"], &["revision", "-m", "y"]]
        {
            project.run(command).ended(2, &format!("migrations/x.sql{line}"));
        }
    }
    project.file("migrations/x.sql", "-- A\n--\n-- revision: x\n-- revises: zzzz\n\n-- +upgrade\n");
    project.run(&["heads"]).ended(2, "zzzz");
}
