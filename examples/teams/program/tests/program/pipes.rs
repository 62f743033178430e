//! Pipes that are closed by whoever has read enough, and outputs that cannot be written.

use std::fs::OpenOptions;

use crate::run::{Program, Told};
use crate::scratch::Scratch;

#[test]
fn what_was_asked_is_done_whoever_reads() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    let list = ["user", "list", "--format", "json"];
    for arguments in [&["user", "add", "Ana", "ana@example.org"][..], &list, &["team", "list"], &["demo"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = program.command(arguments).stdout(writer).output().expect("the program starts");
        Told::of(&output).done();
    }
    assert_eq!(program.list(&["user", "list"])[0]["email"], "ana@example.org");
}

#[test]
fn a_full_disk_is_told() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    for arguments in [&["user", "list"][..], &["team", "list", "--format", "json"], &["--help"], &["demo"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = program.command(arguments).stdout(full).output().expect("the program starts");
        Told::of(&output).ended(2, "the output cannot be written");
    }
}
