//! Arguments that make no sense, and passwords in the wrong place.

use crate::program::{PASSWORD, Project};
use crate::scratch::Scratch;

#[test]
fn nonsense_is_a_mistake_with_a_hint() {
    let project = Project::new();
    for arguments in [
        &[][..],
        &["upgarde"],
        &["upgrade", "a", "b"],
        &["upgrade", "--no-such-option"],
        &["upgrade", "--format", "yaml"],
        &["upgrade", "--sql", "--dry-run"],
        &["upgrade", "--dialect", "sqlite"],
        &["upgrade", "--lock-wait", "5"],
        &["revision"],
        &["stamp"],
        &["show"],
        &["squash"],
        &["import"],
        &["downgrade"],
    ] {
        assert_eq!(project.run(arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn negative_numbers_are_places_beside_options_too() {
    let scratch = Scratch::sqlite();
    let project = Project::of_three(&scratch);
    project.run(&["upgrade", "head"]).done();
    for arguments in [
        &["downgrade", "-1", "--dry-run"][..],
        &["downgrade", "--dry-run", "-1"],
        &["-q", "downgrade", "-1", "--dry-run"],
        &["downgrade", "-1", "-q", "--dry-run"],
        &["downgrade", "--", "-1"],
    ] {
        project.run(arguments).done();
    }
    assert_eq!(project.ids(&["current"]), ["002"]);
    assert_eq!(project.ids(&["history", "-r", "-1:current"]), ["002", "001"]);
    assert_eq!(project.ids(&["history", "-r-1:current"]), ["002", "001"]);
    project.run(&["upgrade", "+1", "--quiet"]).done();
    project.run(&["upgrade", "001@+1"]).ended(2, "001@+1");
    assert_eq!(project.ids(&["show", "-1"]), ["002"]);
}

#[test]
fn no_database_is_told_by_name() {
    let project = Project::new();
    project.table("001", "none", "one");
    for command in
        [&["upgrade"][..], &["current"], &["downgrade", "base"], &["stamp", "head"], &["adopt"], &["repair"]]
    {
        project.run(command).ended(2, "no database is named");
    }
    project.run(&["upgrade", "--url", "memory:"]).ended(2, "in-memory store");
    project.run(&["upgrade", "--url", "mysql://h/d"]).ended(2, "neither postgres:// nor sqlite:");
    project.run(&["upgrade", "--url", "sqlite:no/such/directory/x.db"]).ended(3, "directory does not exist");
    project.run(&["current", "--url", "postgres://127.0.0.1:1/x"]).ended(3, "error: ");
}

#[test]
fn a_password_is_told_nowhere() {
    let url = format!("postgres://ana:{PASSWORD}@127.0.0.1:1/finance");
    let project = Project::new();
    project.table("001", "none", "one");
    // `Told::of` sees to it that the password is in no output.
    for arguments in [
        &["upgrade", "--url", &url][..],
        &["current", "--url", &url],
        &["upgrade", &url],
        &["upgrade", "--each", &url],
        &["show", &url],
        &[&url],
        &["upgrade", "--url", &url, &url, &url],
    ] {
        assert!(project.run(arguments).code >= 2, "{arguments:?}");
    }
    project.file(".env", &format!("postgres://ana:{PASSWORD}@db.example.org/finance\n"));
    project.run(&["current"]).ended(2, ".env file");
    project.file(".env", "");
    project.file("underpin.toml", &format!("url = [\"{url}\"]\n"));
    project.run(&["current"]).ended(2, "underpin.toml:1");
}

#[test]
fn a_closed_pipe_is_no_mistake() {
    let project = Project::new();
    for number in 0..400 {
        let parent = if number == 0 { "none".to_owned() } else { format!("{:03}", number - 1) };
        project.table(&format!("{number:03}"), &parent, "t");
    }
    let mut command = project.command(&["history", "-v"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
