//! Wrong programs do not compile, and the message names the mistake on one screen.

#![allow(clippy::unwrap_used, reason = "tests")]

/// The most lines that a message may have.
const LINES: usize = 25;

#[test]
fn wrong_programs_are_told_what_is_wrong() {
    trybuild::TestCases::new().compile_fail("tests/wrong/*.rs");
}

#[test]
fn messages_fit_on_a_screen() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong");
    let mut messages = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "stderr") {
            messages += 1;
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= LINES, "{} has {lines} lines", path.display());
        }
    }
    assert!(messages >= 6, "only {messages} messages");
}
