//! Pipes that are closed by whoever has read enough, and outputs that cannot be written.

use std::fs::OpenOptions;

use crate::run::{Program, Told};
use crate::scratch::Scratch;

#[test]
fn what_was_asked_is_done_whoever_reads() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    let file = program.file("cars.csv", "make,model,year,price\nKia,Rio,2020,1\n").display().to_string();
    for arguments in [&["import", &file][..], &["search"], &["stats", "--format", "json"], &["demo"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = program.command(arguments).stdout(writer).output().expect("the program starts");
        Told::of(&output).done();
    }
    assert_eq!(program.list(&["search"]).len(), 1);
}

#[test]
fn a_full_disk_is_told() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    for arguments in [&["search"][..], &["stats", "--format", "json"], &["--help"], &["demo"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = program.command(arguments).stdout(full).output().expect("the program starts");
        Told::of(&output).ended(2, "the output cannot be written");
    }
}
