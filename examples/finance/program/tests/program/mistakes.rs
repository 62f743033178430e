//! Wrong input: one clear message, what to do, and the exit code that says whose matter it is.

use std::fs;

use crate::finance::{Finance, on_each};
use crate::scratch::Scratch;

#[test]
fn arguments_that_make_no_sense() {
    let scratch = Scratch::sqlite();
    let finance = Finance::built(&scratch);
    for (arguments, why) in [
        (&[][..], "Usage: finance"),
        (&["dance"], "unrecognized subcommand 'dance'"),
        (&["register"], "<EMAIL>"),
        (
            &["register", "ana"],
            "invalid value 'ana' for '<EMAIL>...': not an email address: it must have exactly one @",
        ),
        (&["register", "ana@example.org", ""], "it is empty"),
        (&["verify-email", "team_01h455vb4pex5vsknk084sn02q"], "not a `user` id: it must begin with `user_`"),
        (&["verify-email", "user_1"], "26 characters"),
        (&["change-email", "user_01h455vb4pex5vsknk084sn02q", "x@y"], "host name such as example.org"),
        (&["users", "--format", "xml"], "possible values: table, json"),
        (&["users", "--limit", "0"], "0 is not in 1..=200"),
        (&["users", "--limit", "-1"], "invalid value '-1'"),
        (&["events", "--limit", "201"], "201 is not in 1..=200"),
        (&["users", "--after", "here"], "the cursor is not one of this query"),
        (&["import", "x.csv", "--batch", "0"], "0 is not in 1..=10000"),
        (&["upgrade", "a b"], "names no destination"),
    ] {
        finance.run(arguments).ended(2, why);
    }
    assert!(finance.list(&["users"]).is_empty(), "nothing is done before all is understood");
}

#[test]
fn help_and_version_are_data() {
    let finance = Finance::new();
    assert!(finance.run(&["--help"]).done().out.contains("Exit codes: 0 done;"));
    assert!(finance.run(&["import", "--help"]).done().out.contains("--batch"));
    assert!(finance.run(&["--version"]).done().out.starts_with("finance "));
}

#[test]
fn no_database_is_named() {
    let finance = Finance::new();
    for arguments in [&["users"][..], &["upgrade"], &["register", "a@b.c"], &["downgrade", "base"]] {
        finance.run(arguments).ended(2, "error: no database is named\nhint: give --database-url");
    }
    finance.run(&["users", "--database-url", ""]).ended(2, "no database is named");
    Finance::new().with("DATABASE_URL", " ").run(&["users"]).ended(2, "");
}

#[test]
fn the_option_goes_before_the_environment_and_that_before_the_file() {
    let (first, second, third) = (Scratch::sqlite(), Scratch::sqlite(), Scratch::sqlite());
    for (scratch, email) in [(&first, "a@b.c"), (&second, "b@b.c"), (&third, "c@b.c")] {
        Finance::built(scratch).run(&["register", email]).done();
    }
    let finance = Finance::new();
    finance.file(".env", format!("# where\nDATABASE_URL='{}'\n", third.url()));
    assert_eq!(finance.texts(&["users"], "email"), ["c@b.c"]);
    let finance = finance.with("DATABASE_URL", second.url());
    assert_eq!(finance.texts(&["users"], "email"), ["b@b.c"]);
    assert_eq!(finance.texts(&["users", "--database-url", first.url()], "email"), ["a@b.c"]);
    assert_eq!(finance.texts(&["--database-url", first.url(), "users"], "email"), ["a@b.c"]);
}

#[test]
fn a_file_of_settings_that_is_none() {
    let finance = Finance::new();
    finance.file(".env", "DATABASE_URL=\"hunter2\nhunter2\n");
    finance.run(&["users"]).ended(2, ".env file");
}

#[test]
fn urls_that_lead_nowhere() {
    let finance = Finance::new().with_a_key();
    for (url, code, why) in [
        ("mysql://u:hunter2@127.0.0.1/db", 2, "unknown scheme `mysql`"),
        ("hunter2", 2, "no scheme"),
        ("postgres://u:hunter2@127.0.0.1:1/db", 3, ""),
        ("postgres://u:hunter2@no-such-host.invalid/db", 3, ""),
        ("postgres://u:hunter2@127.0.0.1/db?pool_size=many", 2, "pool_size"),
        ("postgres://u:hunter2@127.0.0.1/db?colour=red", 2, "colour"),
        ("sqlite:/no/such/directory/finance.db", 3, "/no/such/directory"),
        ("sqlite:", 2, ""),
    ] {
        for command in ["upgrade", "users", "demo"] {
            finance.run(&[command, "--database-url", url]).ended(code, why);
        }
    }
}

#[test]
fn a_database_that_does_not_last() {
    let finance = Finance::new();
    for url in ["memory:", "sqlite::memory:"] {
        for command in ["upgrade", "users"] {
            finance.run(&[command, "--database-url", url]).ended(2, "does not outlive the command");
        }
    }
    let finance = finance.with_a_key();
    finance.run(&["demo", "--database-url", "sqlite::memory:"]).done();
    finance.run(&["demo", "--database-url", "memory:"]).ended(3, "no revisions");
}

#[test]
fn a_database_that_does_not_exist() {
    let scratch = Scratch::postgres();
    let url = format!("{}_no", scratch.url());
    Finance::new().run(&["users", "--database-url", &url]).ended(3, "does not exist");
}

#[test]
fn a_misspelt_path_makes_no_file() {
    let scratch = Scratch::sqlite();
    let finance = Finance::on(&scratch);
    for command in
        [&["users"][..], &["events"], &["register", "a@b.c"], &["import", "x.csv"], &["downgrade", "base"]]
    {
        finance.run(command).ended(3, "finance.db");
    }
    let path = scratch.url().trim_start_matches("sqlite:");
    assert!(!fs::exists(path).expect("a path"));
}

#[test]
fn a_file_that_is_no_database() {
    let finance = Finance::new();
    let path = finance.file("letter.db", "Dear Ana,\n".repeat(1_000));
    finance.run(&["users", "--database-url", &format!("sqlite:{}", path.display())]).ended(3, "letter.db");
}

#[test]
fn directories_in_which_nothing_can_be_written() {
    // Nobody may make files in /proc, not even root.
    let finance = Finance::new().with("TMPDIR", "/proc").with_a_key();
    finance.run(&["demo"]).ended(2, "there is no place for a new file in /proc");
    for command in ["demo", "upgrade"] {
        finance.run(&[command, "--database-url", "sqlite:/proc/finance.db"]).ended(3, "/proc/finance.db");
    }
}

#[test]
fn tables_that_are_not_there() {
    on_each(|scratch| {
        let finance = Finance::on(scratch);
        // SQLite has no file yet; that is another mistake.
        finance.run(&["upgrade"]).done();
        finance.run(&["downgrade", "base"]).done();
        for command in [
            &["users"][..],
            &["events"],
            &["register", "a@b.c"],
            &["verify-email", "user_01h455vb4pex5vsknk084sn02q"],
        ] {
            finance.run(command).ended(3, "revision 001 is missing\nhint: run `finance upgrade` first");
        }
    });
}

#[test]
fn destinations_that_cannot_be_reached() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        finance.run(&["upgrade", "002"]).ended(2, "there is no revision or branch `002`");
        finance.run(&["upgrade", "+1"]).ended(2, "`+1` is too far");
        finance.run(&["upgrade", "base"]).ended(2, "an upgrade cannot end at `base`");
        finance.run(&["downgrade", "-2"]).ended(2, "`-2` is too far");
        finance.run(&["downgrade", "+1"]).ended(2, "`+1`");
    });
}
