//! The commands of the README work as they stand there.

use crate::finance::{Finance, Told};

const README: &str = include_str!("../../../README.md");

/// Stands in for `cargo run -p finance --`, which would build while a build is running.
const CARGO: &str = r#"
set -eu
cargo() {
    while [ "$1" != -- ]; do shift; done
    shift
    "$FINANCE" "$@"
}
"#;

#[test]
fn they_run_one_after_the_other() {
    let (_, rest) = README.split_once("```sh\n").expect("a block of commands");
    let (commands, _) = rest.split_once("```").expect("its end");
    let finance = Finance::new();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{CARGO}{commands}")]).current_dir(finance.directory());
    shell.env("FINANCE", env!("CARGO_BIN_EXE_finance")).env_remove("DATABASE_URL");
    shell.env_remove("UNDERPIN_KEYS");
    let told = Told::of(&shell.output().expect("a shell"));
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.err.starts_with("the next page: --after "), "{}", told.err);
    for said in [
        "eva@example.net to be verified",
        "2 registered, 0 refused",
        "jo@example.org",
        "access-sandbox-1\n",
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
