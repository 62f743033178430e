//! A program's own `manage` (`examples/manage.rs`): revisions compiled in, and a function that one of them calls.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;

use serde_json::json;

use crate::program::{Project, Told};
use crate::scratch::{Scratch, on_each};

/// The example as a program. A run of tests builds examples as tests, if at all, so it is built here.
fn built() -> PathBuf {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--offline", "--package", "underpin-cli", "--example", "manage"]);
        let built = build.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    });
    Path::new(env!("CARGO_BIN_EXE_underpin")).with_file_name("examples").join("manage")
}

fn manage(scratch: &Scratch, arguments: &[&str]) -> Told {
    let program = built();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(std::env::temp_dir()).stdin(Stdio::null());
    command.env("DATABASE_URL", scratch.url());
    Told::of(&command.output().expect("the example was built"))
}

#[test]
fn its_revisions_and_functions_are_used() {
    on_each(|scratch| {
        manage(scratch, &["upgrade", "001"]).done();
        scratch.script("INSERT INTO customers VALUES (1, 'Ana@Example.org'), (2, 'BEN@example.org')");
        let told = manage(scratch, &["upgrade"]).done();
        assert!(told.out.starts_with("up     002  Write all addresses in lower case  ("), "{told:?}");
        assert_eq!(
            scratch.column("SELECT email FROM customers ORDER BY id"),
            ["ana@example.org", "ben@example.org"]
        );
        manage(scratch, &["current", "--check-heads"]).done();
        assert_eq!(
            manage(scratch, &["heads", "--format", "json"]).json()[0]["file"],
            json!("002_lower_emails.sql")
        );
        assert!(manage(scratch, &["show", "002"]).done().out.ends_with("-- +downgrade\n"));
        manage(scratch, &["downgrade", "base"]).done();
        assert!(manage(scratch, &["upgrade", "-h"]).done().out.contains("Usage: manage upgrade"));
        assert!(manage(scratch, &["merge", "-h"]).done().out.contains("Example: manage merge -m"));
        manage(scratch, &["merge", "-m", "nothing"]).ended(2, "`manage heads` lists the heads");
    });
}

#[test]
fn without_the_function_nothing_begins() {
    on_each(|scratch| {
        let project = Project::on(scratch);
        let migrations = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/migrations");
        let told = project.run(&["upgrade", "--migrations", migrations]).ended(2, "lower_emails");
        assert_eq!(told.out, "");
        assert_eq!(project.ids(&["current", "--migrations", migrations]), [""; 0]);
    });
}

#[test]
fn a_script_shows_the_call_as_what_it_is_and_stops_there() {
    on_each(|scratch| {
        let script = manage(scratch, &["upgrade", "--sql"]).done().out;
        assert!(script.contains("-- A run calls the function `lower_emails`"), "{script}");
        let (is_done, said) = scratch.give_to_its_own_program(&script);
        assert!(!is_done && said.contains("calls the function `lower_emails`"), "{said}");
        // The program goes on where the script has stopped.
        manage(scratch, &["current", "--check-heads"]).ended(1, "002 is not finished");
        manage(scratch, &["upgrade"]).done();
        manage(scratch, &["current", "--check-heads"]).done();
    });
}

#[test]
fn another_directory_takes_the_place_of_what_is_compiled_in() {
    let scratch = Scratch::sqlite();
    let project = Project::new();
    project.table("x1", "none", "x");
    let migrations = project.path("migrations").display().to_string();
    let list = manage(&scratch, &["heads", "--format", "json", "--migrations", &migrations]).done().json();
    assert_eq!(list[0]["revision"], json!("x1"));
}
