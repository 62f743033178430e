//! The commands of the README work as they stand there.

use crate::run::{Program, Told};

const README: &str = include_str!("../../../README.md");

/// Stands in for `cargo run -p documents --`, which would build while a build is running.
const CARGO: &str = r#"
set -eu
cargo() {
    while [ "$1" != -- ]; do shift; done
    shift
    "$DOCUMENTS" "$@"
}
mkdir -p examples/documents && ln -s "$DATA" examples/documents/data
"#;

#[test]
fn they_run_one_after_the_other() {
    let (_, rest) = README.split_once("```sh\n").expect("a block of commands");
    let (commands, _) = rest.split_once("```").expect("its end");
    let documents = Program::new();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{CARGO}{commands}")]).current_dir(documents.directory());
    shell
        .env("DOCUMENTS", env!("CARGO_BIN_EXE_documents"))
        .env_remove("DATABASE_URL")
        .env_remove("UNDERPIN_KEYS")
        .env_remove("UNDERPIN_KEY_FILE")
        .env_remove("DOCUMENTS_STORE");
    shell.env("DATA", concat!(env!("CARGO_MANIFEST_DIR"), "/../data"));
    let told = Told::of(&shell.output().expect("a shell"));
    assert_eq!(told.code, 0, "{told:?}");
    for said in ["2 taken in, 0 known already, 0 refused", "2 read, 0 failed", "borrower_", "took back 001"] {
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
