//! Pipes that are closed by whoever has read enough, and outputs that cannot be written.

use std::fs::OpenOptions;

use crate::finance::{Finance, Told};
use crate::scratch::Scratch;

/// More than one page.
const MANY: usize = 300;

fn with_many(scratch: &Scratch) -> Finance {
    let finance = Finance::built(scratch);
    let lines: String =
        (0..MANY).map(|number| format!("{{\"email\": \"user{number}@example.org\"}}\n")).collect();
    finance
        .run_with_input(&["import", "-", "--format", "jsonl", "--batch", "10000"], lines.as_bytes())
        .done();
    finance
}

#[test]
fn who_reads_nothing_is_no_mistake() {
    let scratch = Scratch::sqlite();
    let finance = with_many(&scratch);
    for arguments in
        [&["users"][..], &["users", "--format", "json"], &["events"], &["events", "--format", "json"]]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = finance.command(arguments).stdout(writer).output().expect("the program starts");
        Told::of(&output).done();
    }
}

#[test]
fn what_was_asked_is_done_whoever_reads() {
    let scratch = Scratch::sqlite();
    let finance = Finance::built(&scratch).with_a_key();
    let file = finance.file("users.csv", "email\nd@b.c\n");
    for arguments in
        [&["register", "a@b.c", "b@b.c", "c@b.c"][..], &["import", &file.display().to_string()], &["demo"]]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = finance.command(arguments).stdout(writer).output().expect("the program starts");
        Told::of(&output).done();
    }
    assert_eq!(finance.texts(&["users"], "email"), ["a@b.c", "b@b.c", "c@b.c", "d@b.c"]);
}

#[test]
fn nobody_hears_an_error() {
    let finance = Finance::new();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = finance.command(&["users"]).stderr(writer).status().expect("the program starts");
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_full_disk_is_told() {
    let scratch = Scratch::sqlite();
    let finance = with_many(&scratch).with_a_key();
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    for arguments in
        [&["users"][..], &["users", "--format", "json"], &["register", "a@b.c"], &["--help"], &["demo"]]
    {
        let output = finance.command(arguments).stdout(full()).output().expect("the program starts");
        Told::of(&output).ended(2, "the output cannot be written");
    }
}
