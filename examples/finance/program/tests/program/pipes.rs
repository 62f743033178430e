//! Pipes that are closed by whoever has read enough, and outputs that cannot be written.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::finance::{Finance, Told};
use crate::scratch::Scratch;

/// More than a pipe holds.
const MANY: usize = 3_000;

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
fn one_line_is_enough() {
    let scratch = Scratch::sqlite();
    let finance = with_many(&scratch);
    for arguments in
        [&["users"][..], &["users", "--format", "json"], &["events"], &["events", "--format", "json"]]
    {
        let mut child = finance
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        assert!(!line.is_empty());
        let mut told = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("text");
        assert_eq!((child.wait().expect("an end").code(), told.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn what_was_asked_is_done_whoever_reads() {
    let scratch = Scratch::sqlite();
    let finance = Finance::built(&scratch);
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
    let finance = with_many(&scratch);
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    for arguments in
        [&["users"][..], &["users", "--format", "json"], &["register", "a@b.c"], &["--help"], &["demo"]]
    {
        let output = finance.command(arguments).stdout(full()).output().expect("the program starts");
        Told::of(&output).ended(2, "the output cannot be written");
    }
}
