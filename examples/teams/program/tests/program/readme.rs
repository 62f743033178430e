//! The commands of the README work as they stand there.

use crate::run::{Program, Told};

const README: &str = include_str!("../../../README.md");

/// Stands in for `cargo run -p teams --`, which would build while a build is running.
const CARGO: &str = r#"
set -eu
cargo() {
    while [ "$1" != -- ]; do shift; done
    shift
    "$TEAMS" "$@"
}
"#;

#[test]
fn they_run_one_after_the_other() {
    let (_, rest) = README.split_once("```sh\n").expect("a block of commands");
    let (commands, _) = rest.split_once("```").expect("its end");
    let teams = Program::new();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{CARGO}{commands}")]).current_dir(teams.directory());
    shell.env("TEAMS", env!("CARGO_BIN_EXE_teams")).env_remove("DATABASE_URL");
    let told = Told::of(&shell.output().expect("a shell"));
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.err.contains("the next page: --after user_"), "{told:?}");
    for said in [
        "ben@example.org is a maintainer of web-shop now",
        r#""attributes":{"tags":["payments"],"tier":1}"#,
        "Web shop (web-shop, team_",
        "ana@example.org is not in web-shop any more",
        "took back 001",
    ] {
        assert!(told.out.contains(said), "{said} is missing in\n{}", told.out);
    }
}

#[test]
fn the_files_that_it_names_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let links: Vec<&str> = README.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() >= 7, "{links:?}");
    for link in links {
        assert!(root.join(link).exists(), "{link}");
    }
}
