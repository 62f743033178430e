//! Wrong input: one clear message, what to do, and the exit code that says whose matter it is.

use std::fs;

use crate::run::{Program, on_each};
use crate::scratch::Scratch;

#[test]
fn arguments_that_make_no_sense() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    for (arguments, why) in [
        (&[][..], "Usage: documents"),
        (&["dance"], "unrecognized subcommand 'dance'"),
        (&["ingest"], "<DIRECTORY>"),
        (&["work", "--workers", "0"], "0 is not in 1..=64"),
        (&["work", "--workers", "many"], "invalid digit"),
        (&["work", "--seconds", "0"], "0 is not in 1..=3600"),
        (&["list", "--status", "done"], "a status is pending, processing, completed or failed"),
        (&["list", "--limit", "0"], "the limit is not 1 to 100"),
        (&["list", "--limit", "101"], "the limit is not 1 to 100"),
        (&["list", "--offset", "-1"], "the offset is negative"),
        (&["list", "--format", "xml"], "possible values: table, json"),
        (&["show", "x"], "the id of a document is a UUID"),
        (&["borrowers", "show", "x"], "<ID>"),
        (&["borrowers", "add", "absent.json"], "absent.json cannot be read"),
        (&["serve", "--listen", "here"], "--listen"),
        (&["upgrade", "a b"], "names no destination"),
    ] {
        program.run(arguments).ended(2, why);
    }
    let nowhere = "0190163d-8694-739b-aea5-966c26f8ad91";
    for command in ["show", "retry"] {
        program.run(&[command, nowhere]).ended(1, "there is no document 0190163d");
    }
}

#[test]
fn borrowers_that_are_none() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    for (offer, code, why) in [
        ("", 2, "it is no borrower: EOF"),
        ("{}", 2, "missing field `name`"),
        (r#"{"name": "A", "confidence": "2"}"#, 2, "a confidence is 0 to 1"),
        (r#"{"name": "A", "confidence": "1", "age": 3}"#, 2, "unknown field `age`"),
        (
            r#"{"name": "A", "confidence": "1", "sources": [{"document": "0190163d-8694-739b-aea5-966c26f8ad91",
                "page": 1, "snippet": "a"}]}"#,
            1,
            "there is no document 0190163d",
        ),
    ] {
        program.run_with_input(&["borrowers", "add", "-"], offer.as_bytes()).ended(code, why);
    }
    assert!(program.list(&["borrowers", "list"]).is_empty());
}

#[test]
fn help_and_version_are_data() {
    let program = Program::new();
    let help = program.run(&["--help"]).done().out;
    assert!(help.contains("Exit codes: 0 done;") && !help.contains("read-file"), "{help}");
    assert!(program.run(&["work", "--help"]).done().out.contains("--workers"));
    assert!(program.run(&["--version"]).done().out.starts_with("documents "));
}

#[test]
fn no_database_is_named() {
    let program = Program::new();
    fs::create_dir(program.directory().join("inbox")).expect("a folder");
    for arguments in
        [&["list"][..], &["upgrade"], &["work"], &["serve"], &["ingest", "inbox"], &["downgrade", "base"]]
    {
        program.run(arguments).ended(2, "error: no database is named\nhint: give --database-url");
    }
}

#[test]
fn a_setting_may_stand_in_a_file() {
    let scratch = Scratch::sqlite();
    Program::built(&scratch);
    let program = Program::new();
    program.file(".env", format!("DATABASE_URL='{}'\n", scratch.url()));
    assert!(program.list(&["list"]).is_empty());
}

#[test]
fn urls_that_lead_nowhere() {
    let program = Program::new();
    for (url, code, why) in [
        ("mysql://u:hunter2@127.0.0.1/db", 2, "unknown scheme `mysql`"),
        ("hunter2", 2, "no scheme"),
        ("postgres://u:hunter2@127.0.0.1:1/db", 3, ""),
        ("sqlite:/no/such/directory/documents.db", 3, "/no/such/directory"),
        ("memory:", 2, "does not outlive the command"),
    ] {
        for command in ["upgrade", "list", "serve"] {
            program.run(&[command, "--database-url", url]).ended(code, why);
        }
    }
}

#[test]
fn a_misspelt_path_makes_no_file() {
    let scratch = Scratch::sqlite();
    let program = Program::on(&scratch);
    for command in [&["list"][..], &["work"], &["serve"], &["sweep"], &["downgrade", "base"]] {
        program.run(command).ended(3, "documents.db");
    }
    assert!(!fs::exists(scratch.url().trim_start_matches("sqlite:")).expect("a path"));
}

#[test]
fn tables_that_are_not_there() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        program.run(&["downgrade", "base"]).done();
        fs::create_dir(program.directory().join("inbox")).expect("a folder");
        for command in [&["list"][..], &["work"], &["serve"], &["ingest", "inbox"], &["borrowers", "list"]] {
            program.run(command).ended(3, "revision 001 is missing\nhint: run `documents upgrade` first");
        }
    });
}

#[test]
fn an_address_that_cannot_be_listened_on() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("its address").to_string();
    program.run(&["serve", "--listen", &address]).ended(2, "another program listens there");
}
