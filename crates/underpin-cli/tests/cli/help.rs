//! What `-h` says, word for word.

use crate::program::Project;

const COMMANDS: [&str; 18] = [
    "init",
    "revision",
    "upgrade",
    "downgrade",
    "current",
    "history",
    "heads",
    "branches",
    "show",
    "stamp",
    "merge",
    "edit",
    "repair",
    "adopt",
    "squash",
    "import",
    "secrets",
    "completions",
];

#[test]
fn the_help_of_every_command_is_as_it_was_read_and_approved() {
    let project = Project::empty();
    let mut text = project.run(&["-h"]).done().out;
    for command in COMMANDS {
        let told = project.run(&[command, "-h"]).done();
        // What holds everywhere is said once.
        let own = told.out.split("\nEverywhere:\n").next().unwrap();
        let everywhere = told.out.split("\nEverywhere:\n").nth(1).unwrap_or_default();
        let behind = everywhere.split_once("\n\n").map_or("", |(_, behind)| behind);
        text.push_str(&format!("\n──────── underpin {command} -h\n{own}\n{behind}"));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_version_is_data() {
    let told = Project::empty().run(&["--version"]).done();
    assert_eq!(
        (told.out.as_str(), told.err.as_str()),
        (&*format!("underpin {}\n", env!("CARGO_PKG_VERSION")), "")
    );
}

#[test]
fn shells_get_their_completions() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish"] {
        let told = project.run(&["completions", shell]).done();
        for command in COMMANDS {
            assert!(told.out.contains(command), "{shell} {command}");
        }
    }
    project.run(&["completions", "cmd"]).ended(2, "cmd");
}
