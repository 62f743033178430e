//! Wrong input: one clear message, what to do, and the exit code that says whose matter it is.

use std::fs;

use crate::run::Program;
use crate::scratch::Scratch;

#[test]
fn arguments_that_make_no_sense() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    let team = ["team", "add", "shop", "--name", "Shop", "--founder"];
    let item = ["item", "add", "shop", "x", "--kind", "service", "--repository", "https://example.org/x"];
    let founder = [&team[..], &["nobody"]].concat();
    let attributes = [&item[..], &["--attributes", "{"]].concat();
    let fraction = [&item[..], &["--attributes", "{\"a\": 1.5}"]].concat();
    for (arguments, why) in [
        (&[][..], "Usage: teams"),
        (&["dance"], "unrecognized subcommand 'dance'"),
        (&["user"], "Usage: teams user"),
        (&["user", "add", "Ana"], "<EMAIL>"),
        (&["user", "add", " ", "ana@example.org"], "the name is empty"),
        (&["user", "add", "Ana", "ana"], "an email address is a name, one @"),
        (&["user", "list", "--limit", "0"], "the limit is not 1 to 200"),
        (&["team", "list", "--limit", "-1"], "the limit is not 1 to 200"),
        (&["item", "list", "--limit", "201"], "the limit is not 1 to 200"),
        (&["user", "list", "--after", "x"], "--after"),
        (&["team", "list", "--after", "user_01h455vb4pex5vsknk084sn02q"], "--after"),
        (&["team", "show", "Web Shop"], "a team is named by its slug"),
        (
            &["team", "add", "Web Shop", "--name", "x", "--founder", "a@b.c"],
            "a slug has 1 to 63 small letters",
        ),
        (&founder, "a user is named by an address"),
        (&["member", "role", "shop", "a@b.c", "owner"], "a role is member or maintainer"),
        (&attributes, "it is not a JSON object"),
        (&fraction, "numbers are whole"),
        (&["item", "list", "--kind", "thing"], "an item is a service, a library, a website or a dataset"),
        (&["item", "change", "item_01h455vb4pex5vsknk084sn02q"], "--description"),
        (&["item", "list", "--format", "xml"], "possible values: table, json"),
        (&["serve", "--listen", "here"], "--listen"),
        (&["upgrade", "a b"], "names no destination"),
    ] {
        program.run(arguments).ended(2, why);
    }
    let elsewhere = [&item[..7], &["https://ana:hunter2@example.org"]].concat();
    program.run(&elsewhere).ended(2, "a user or a password in it");
}

#[test]
fn help_and_version_are_data() {
    let program = Program::new();
    assert!(program.run(&["--help"]).done().out.contains("Exit codes: 0 done;"));
    assert!(program.run(&["import-items", "--help"]).done().out.contains("CODE_HOST_ORGANISATION"));
    assert!(program.run(&["--version"]).done().out.starts_with("teams "));
}

#[test]
fn urls_that_lead_nowhere() {
    let program = Program::new();
    for (url, code, why) in [
        ("mysql://u:hunter2@127.0.0.1/db", 2, "unknown scheme `mysql`"),
        ("hunter2", 2, "no scheme"),
        ("postgres://u:hunter2@127.0.0.1:1/db", 3, ""),
        ("sqlite:/no/such/directory/teams.db", 3, "/no/such/directory"),
        ("memory:", 2, "does not outlive the command"),
    ] {
        for command in [&["upgrade"][..], &["team", "list"], &["serve"]] {
            program.run(&[command, &["--database-url", url]].concat()).ended(code, why);
        }
    }
}

#[test]
fn a_misspelt_path_makes_no_file() {
    let scratch = Scratch::sqlite();
    let program = Program::on(&scratch);
    for command in [&["user", "list"][..], &["team", "list"], &["serve"], &["downgrade", "base"]] {
        program.run(command).ended(3, "teams.db");
    }
    assert!(!fs::exists(scratch.url().trim_start_matches("sqlite:")).expect("a path"));
}

#[test]
fn an_address_that_cannot_be_listened_on() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("its address").to_string();
    program.run(&["serve", "--listen", &address]).ended(2, "another program listens there");
}
