//! Wrong input: one clear message, what to do, and the exit code that says whose matter it is.

use std::fs;

use crate::run::{Program, on_each};
use crate::scratch::Scratch;

#[test]
fn arguments_that_make_no_sense() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    for (arguments, why) in [
        (&[][..], "Usage: catalog"),
        (&["dance"], "unrecognized subcommand 'dance'"),
        (&["search", "--make", ""], "it is empty"),
        (&["search", "--year-from", "soon"], "it is no year from 1886 to 2100"),
        (&["search", "--year-from", "-1"], "it is no year from 1886 to 2100"),
        (&["search", "--price-to", "1.005"], "it has more than two digits behind the point"),
        (&["search", "--price-to", "-1"], "it is below zero"),
        (&["search", "--price-to", "1e3"], "it is no number such as 249999.90"),
        (&["search", "--year-from", "2001", "--year-to", "2000"], "the first year is above the last"),
        (&["search", "--price-from", "2", "--price-to", "1"], "the lowest price is above the highest"),
        (&["search", "--limit", "0"], "the limit is not 1 to 200"),
        (&["search", "--limit", "201"], "the limit is not 1 to 200"),
        (&["search", "--offset", "-1"], "the offset is negative"),
        (&["search", "--after", "x"], "it is no place"),
        (&["search", "--format", "xml"], "possible values: table, json"),
        (&["import", "x.csv", "--batch", "0"], "0 is not in 1..=10000"),
        (&["serve", "--listen", "here"], "--listen"),
        (&["upgrade", "a b"], "names no destination"),
    ] {
        program.run(arguments).ended(2, why);
    }
}

#[test]
fn help_and_version_are_data() {
    let program = Program::new();
    assert!(program.run(&["--help"]).done().out.contains("Exit codes: 0 done;"));
    assert!(program.run(&["search", "--help"]).done().out.contains("--after"));
    assert!(program.run(&["--version"]).done().out.starts_with("catalog "));
}

#[test]
fn no_database_is_named() {
    let program = Program::new();
    for arguments in [&["search"][..], &["upgrade"], &["stats"], &["serve"], &["downgrade", "base"]] {
        program.run(arguments).ended(2, "error: no database is named\nhint: give --database-url");
    }
}

#[test]
fn a_setting_may_stand_in_a_file() {
    let scratch = Scratch::sqlite();
    Program::built(&scratch);
    let program = Program::new();
    program.file(".env", format!("DATABASE_URL='{}'\n", scratch.url()));
    assert!(program.list(&["search"]).is_empty());
}

#[test]
fn urls_that_lead_nowhere() {
    let program = Program::new();
    for (url, code, why) in [
        ("mysql://u:hunter2@127.0.0.1/db", 2, "unknown scheme `mysql`"),
        ("hunter2", 2, "no scheme"),
        ("postgres://u:hunter2@127.0.0.1:1/db", 3, ""),
        ("sqlite:/no/such/directory/catalog.db", 3, "/no/such/directory"),
        ("memory:", 2, "does not outlive the command"),
    ] {
        for command in ["upgrade", "search", "serve"] {
            program.run(&[command, "--database-url", url]).ended(code, why);
        }
    }
}

#[test]
fn a_misspelt_path_makes_no_file() {
    let scratch = Scratch::sqlite();
    let program = Program::on(&scratch);
    for command in [&["search"][..], &["stats"], &["import", "x.csv"], &["serve"], &["downgrade", "base"]] {
        program.run(command).ended(3, "catalog.db");
    }
    assert!(!fs::exists(scratch.url().trim_start_matches("sqlite:")).expect("a path"));
}

#[test]
fn tables_that_are_not_there() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        program.run(&["downgrade", "base"]).done();
        for command in [&["search"][..], &["stats"], &["serve"], &["import", "x.csv"]] {
            program.run(command).ended(3, "revision 001 is missing\nhint: run `catalog upgrade` first");
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
