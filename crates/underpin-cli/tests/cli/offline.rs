//! `--sql`: a script that psql or sqlite3 runs leaves what an online run leaves.

use std::path::{Path, PathBuf};

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

/// The directories of revisions of all examples.
fn examples() -> Vec<PathBuf> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let entries =
        std::fs::read_dir(examples).expect("the examples").map(|entry| entry.expect("an entry").path());
    let found: Vec<PathBuf> =
        entries.map(|path| path.join("migrations")).filter(|path| path.is_dir()).collect();
    assert!(!found.is_empty());
    found
}

fn dialect(scratch: &Scratch) -> &'static str {
    if scratch.is_postgres() { "postgres" } else { "sqlite" }
}

fn script(project: &Project, arguments: &[&str]) -> String {
    project.run(&[arguments, &["--sql"]].concat()).done().out
}

/// Each revision by itself, up and down again, and compares after every step.
fn compare(migrations: &Path, online: &Scratch, offline: &Scratch) {
    let migrations = migrations.display().to_string();
    let project = Project::on(online);
    let at = ["--migrations", migrations.as_str()];
    let mut ids = project.ids(&[&["history"][..], &at].concat());
    ids.reverse();
    let mut from = "base".to_owned();
    for id in &ids {
        project.run(&[&["upgrade", id][..], &at].concat()).done();
        let range = format!("{from}:{id}");
        let sql = script(&project, &[&["upgrade", &range, "--dialect", dialect(offline)][..], &at].concat());
        offline.run_by_its_own_program(&sql);
        assert_eq!(online.catalog(), offline.catalog(), "{migrations} {id}");
        assert_eq!(online.journal(), offline.journal(), "{migrations} {id}");
        from.clone_from(id);
    }
    for (index, id) in ids.iter().enumerate().rev() {
        let to = index.checked_sub(1).map_or("base", |parent| ids[parent].as_str());
        project.run(&[&["downgrade", to][..], &at].concat()).done();
        let range = format!("{id}:{to}");
        let sql =
            script(&project, &[&["downgrade", &range, "--dialect", dialect(offline)][..], &at].concat());
        offline.run_by_its_own_program(&sql);
        assert_eq!(online.catalog(), offline.catalog(), "{migrations} down to {to}");
        assert_eq!(online.journal(), offline.journal(), "{migrations} down to {to}");
    }
}

#[test]
fn every_revision_of_every_example_is_the_same_on_sqlite() {
    for migrations in examples() {
        compare(&migrations, &Scratch::sqlite(), &Scratch::sqlite());
    }
}

#[test]
fn every_revision_of_every_example_is_the_same_on_postgres() {
    for migrations in examples() {
        compare(&migrations, &Scratch::postgres(), &Scratch::postgres());
    }
}

#[test]
fn a_database_that_a_script_built_goes_on_online() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        scratch.run_by_its_own_program(&script(&project, &["upgrade", "002"]));
        assert_eq!(project.ids(&["current"]), ["002"]);
        project.run(&["upgrade"]).done();
        scratch.run_by_its_own_program(&script(&project, &["downgrade", "003:001"]));
        assert_eq!(project.ids(&["current"]), ["001"]);
        project.run(&["upgrade"]).done();
    });
}

#[test]
fn a_stamp_is_a_script_too() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        scratch.run_by_its_own_program(&script(&project, &["stamp", "002"]));
        assert_eq!(project.ids(&["current"]), ["002"]);
        scratch.run_by_its_own_program(&script(&project, &["stamp", "002:003"]));
        assert_eq!(project.ids(&["current"]), ["003"]);
        scratch.run_by_its_own_program(&script(&project, &["stamp", "003:base"]));
        assert_eq!(project.ids(&["current"]), [""; 0]);
    });
}

#[test]
fn the_dialect_is_said_or_that_of_the_url() {
    let project = Project::new();
    project.table("001", "none", "one");
    project.run(&["upgrade", "--sql"]).ended(2, "for which database");
    for (name, url) in [("postgres", "postgres://nowhere.invalid/x"), ("sqlite", "sqlite:nothing.db")] {
        let by_name = script(&project, &["upgrade", "--dialect", name]);
        assert_eq!(script(&project, &["upgrade", "--url", url]), by_name);
        assert!(by_name.contains("CREATE TABLE one"), "{by_name}");
    }
    assert!(!project.path("nothing.db").exists());
    project.run(&["downgrade", "-1", "--sql", "--dialect", "sqlite"]).ended(2, "from");
}
