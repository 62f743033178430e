//! Settings: the environment, then a file `.env`; what is missing or malformed is named, and no secret is told.

use crate::run::{PASSWORD, Program};
use crate::scratch::Scratch;

const ORGANISATION: (&str, &str) = ("CODE_HOST_ORGANISATION", "acme");
const TOKEN: (&str, &str) = ("CODE_HOST_TOKEN", PASSWORD);

#[test]
fn no_database_is_named() {
    let program = Program::new();
    for arguments in [&["team", "list"][..], &["upgrade"], &["serve"], &["downgrade", "base"]] {
        let told = program.run(arguments);
        told.ended(
            2,
            "error: no database is named: DATABASE_URL is not set\nhint: set it in the environment",
        );
    }
}

#[test]
fn settings_may_stand_in_a_file_and_the_environment_comes_first() {
    let scratch = Scratch::sqlite();
    Program::built(&scratch);
    let program = Program::new();
    program.file(
        ".env",
        format!("# where things are\nDATABASE_URL='{}'\nDATABASE_POOL_SIZE=2\n", scratch.url()),
    );
    assert!(program.list(&["team", "list"]).is_empty());
    program.run_with(&[("DATABASE_URL", "sqlite:elsewhere.db")], &["team", "list"]).ended(3, "elsewhere.db");
    program
        .run_with(&[("DATABASE_POOL_SIZE", "x")], &["team", "list"])
        .ended(2, "DATABASE_POOL_SIZE is malformed");
}

#[test]
fn what_is_malformed_is_named() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    for (settings, why) in [
        (&[("DATABASE_POOL_SIZE", "-1")][..], "DATABASE_POOL_SIZE is malformed: it is no whole number"),
        (&[("DATABASE_POOL_OVERFLOW", "many")], "DATABASE_POOL_OVERFLOW is malformed"),
        (
            &[("DATABASE_POOL_SIZE", "0"), ("DATABASE_POOL_OVERFLOW", "0")],
            "DATABASE_POOL_SIZE and DATABASE_POOL_OVERFLOW",
        ),
        (&[("DATABASE_URL", "sqlite:a.db?pool_size=x")], "pool_size"),
    ] {
        for arguments in [&["team", "list"][..], &["upgrade"], &["serve"]] {
            program.run_with(settings, arguments).ended(2, why);
        }
    }
    for (settings, why) in [
        (&[][..], "CODE_HOST_ORGANISATION is not set"),
        (&[TOKEN], "CODE_HOST_ORGANISATION is not set"),
        (&[ORGANISATION], "CODE_HOST_TOKEN is not set"),
        (&[ORGANISATION, ("CODE_HOST_TOKEN", "")], "CODE_HOST_TOKEN is not set"),
        (&[ORGANISATION, ("CODE_HOST_TOKEN", "hunter2 hunter2")], "CODE_HOST_TOKEN is malformed"),
        (&[("CODE_HOST_ORGANISATION", "hunter2/../x"), TOKEN], "CODE_HOST_ORGANISATION is malformed"),
        (
            &[ORGANISATION, TOKEN, ("CODE_HOST_URL", "hunter2")],
            "CODE_HOST_URL is malformed: it does not begin",
        ),
        (
            &[ORGANISATION, TOKEN, ("CODE_HOST_URL", "http://example.org")],
            "everybody on the way reads the token",
        ),
        (
            &[ORGANISATION, TOKEN, ("CODE_HOST_URL", "https://a:hunter2@example.org")],
            "the token is a setting of its own",
        ),
    ] {
        program.run_with(settings, &["import-items", "shop"]).ended(2, why);
    }
}

#[test]
fn a_malformed_line_of_the_file_is_named_and_not_quoted() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    for (line, why) in [
        ("CODE_HOST_TOKEN='hunter2", ".env:2: CODE_HOST_TOKEN is malformed"),
        ("CODE_HOST_TOKEN=hunter2 hunter2", ".env:2: CODE_HOST_TOKEN is malformed"),
        ("hunter2", ".env:2: the line is malformed"),
    ] {
        program.file(".env", format!("A=1\n{line}\n"));
        program.run(&["team", "list"]).ended(2, why);
    }
}
