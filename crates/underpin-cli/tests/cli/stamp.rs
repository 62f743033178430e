//! `stamp`: rows without work.

use serde_json::json;

use crate::program::Project;
use crate::scratch::on_each;

#[test]
fn it_writes_rows_and_runs_nothing() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        let plan = project.json(&["stamp", "002"]);
        assert_eq!(plan["heads_after"], json!(["002"]));
        assert_eq!(project.ids(&["current"]), ["002"]);
        assert!(!scratch.catalog().iter().any(|line| line.contains(" one ")), "{:?}", scratch.catalog());
        assert!(project.run(&["current", "-v"]).done().out.contains("nothing was run"));
        let told = project.run(&["stamp", "head"]).done();
        assert!(told.out.starts_with("stamp  003  Make 003"), "{told:?}");
        project.run(&["stamp", "base"]).done();
        assert_eq!(project.ids(&["current"]), [""; 0]);
        project.run(&["stamp", "nobody"]).ended(2, "nobody");
        project.run(&["stamp", "001:002"]).ended(2, "a range");
    });
}

#[test]
fn purging_forgets_what_nobody_knows() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.run(&["stamp", "003"]).done();
        std::fs::remove_file(project.path("migrations/003.sql")).unwrap();
        assert_eq!(project.run(&["stamp", "001"]).code, 2);
        project.run(&["stamp", "001", "--purge"]).done();
        assert_eq!(scratch.journal().len(), 1);
        assert_eq!(project.ids(&["current"]), ["001"]);
    });
}

#[test]
fn several_branches_are_stamped_at_once() {
    on_each(|scratch| {
        let project = Project::on(scratch);
        project.table("aaaa1", "none", "a");
        project.table("bbbb1", "none", "b");
        project.run(&["stamp", "head"]).ended(2, "heads");
        project.run(&["stamp", "aaaa1", "bbbb1"]).done();
        assert_eq!(project.ids(&["current"]), ["aaaa1", "bbbb1"]);
    });
}
