//! Migrations of other tools become a chain of revisions.

use std::path::Path;

use underpin_migrate::{Dialect, FileTemplate, Graph, NewRevision, Revisions, import};

use crate::tree::{shortened, tree};

type Files<'a> = &'a [(&'a str, &'a str)];

fn read(files: Files<'_>, dialect: Option<Dialect>) -> Vec<NewRevision> {
    import::read(tree(files).path(), dialect).unwrap()
}

fn refusal(files: Files<'_>) -> String {
    refusal_for(files, Some(Dialect::Postgres))
}

fn refusal_for(files: Files<'_>, dialect: Option<Dialect>) -> String {
    let directory = tree(files);
    let error = import::read(directory.path(), dialect).unwrap_err();
    shortened(&error.to_string(), directory.path())
}

/// Identifier, parents, message.
fn chain(revisions: &[NewRevision]) -> Vec<(&str, Vec<&str>, &str)> {
    revisions
        .iter()
        .map(|new| (&*new.id, new.revises.iter().map(String::as_str).collect(), &*new.message))
        .collect()
}

#[test]
fn files_for_both_ways_become_both_sections() {
    let revisions = read(
        &[
            ("002_add_phone.up.sql", "ALTER TABLE users ADD COLUMN phone text;\n"),
            ("002_add_phone.down.sql", "ALTER TABLE users DROP COLUMN phone;\n"),
            ("001_create_users.up.sql", "-- Who may sign in.\r\nCREATE TABLE users (id integer)\r\n"),
            ("001_create_users.down.sql", "DROP TABLE users;"),
            ("010_add_cars.up.sql", "CREATE TABLE cars (id integer);"),
            ("README.md", "How to write migrations"),
            (".seed.sql", "hidden"),
        ],
        None,
    );
    let expected =
        [("1", vec![], "create users"), ("2", vec!["1"], "add phone"), ("10", vec!["2"], "add cars")];
    assert_eq!(chain(&revisions), expected);
    let body = "\
-- +upgrade
-- Who may sign in.
CREATE TABLE users (id integer)

-- +downgrade
DROP TABLE users;
";
    assert_eq!(revisions[0].body, body);
    assert_eq!(revisions[2].body, "-- +upgrade\nCREATE TABLE cars (id integer);\n");
    assert_eq!(revisions[0].created, None);
}

#[test]
fn sections_are_for_the_dialect_that_is_given() {
    let revisions =
        read(&[("1_a.up.sql", "SELECT 1;"), ("1_a.down.sql", "SELECT $$;$$;")], Some(Dialect::Postgres));
    assert_eq!(
        revisions[0].body,
        "-- +upgrade postgres\nSELECT 1;\n\n-- +downgrade postgres\nSELECT $$;$$;\n"
    );
}

#[test]
fn sqlx_says_on_the_first_line_what_runs_in_no_transaction() {
    let revisions = read(
        &[
            ("20260102030405_create_users.sql", "CREATE TABLE users (id integer);"),
            ("20260102030406_index.sql", "-- no-transaction\nCREATE INDEX CONCURRENTLY ix ON users (id);"),
            ("20260102030407_later.sql", "SELECT 1;\n-- no-transaction\n"),
        ],
        Some(Dialect::Postgres),
    );
    assert_eq!(revisions[0].created.unwrap().to_string(), "2026-01-02T03:04:05Z");
    assert!(revisions[0].body.starts_with("-- +upgrade postgres\n"));
    assert!(revisions[1].body.starts_with("-- +upgrade postgres no-transaction\n-- no-transaction\nCREATE"));
    assert!(revisions[2].body.starts_with("-- +upgrade postgres\n"));
}

#[test]
fn diesel_keeps_each_migration_in_a_directory() {
    let revisions = read(
        &[
            ("00000000000000_diesel_initial_setup/up.sql", "SELECT 1;"),
            ("00000000000000_diesel_initial_setup/down.sql", "-- Nothing to undo\n"),
            ("2026-01-02-030405_create_users/up.sql", "CREATE TABLE users (id integer);"),
            ("2026-01-03-000000_index/up.sql", "CREATE INDEX CONCURRENTLY ix ON users (id);"),
            ("2026-01-03-000000_index/down.sql", "DROP INDEX CONCURRENTLY ix;"),
            ("2026-01-03-000000_index/metadata.toml", "run_in_transaction = false\n"),
            ("2026-01-03-000000_index/notes.txt", "why"),
        ],
        None,
    );
    let expected = [
        ("00000000000000", vec![], "diesel initial setup"),
        ("20260102030405", vec!["00000000000000"], "create users"),
        ("20260103000000", vec!["20260102030405"], "index"),
    ];
    assert_eq!(chain(&revisions), expected);
    assert_eq!(revisions[0].body, "-- +upgrade\nSELECT 1;\n\n-- +downgrade\n-- Nothing to undo\n");
    let body = "\
-- +upgrade no-transaction
CREATE INDEX CONCURRENTLY ix ON users (id);

-- +downgrade no-transaction
DROP INDEX CONCURRENTLY ix;
";
    assert_eq!(revisions[2].body, body);
    assert_eq!((revisions[0].created, revisions[1].created.unwrap().epoch()), (None, 1_767_323_045));
}

#[test]
fn refinery_is_read_with_its_directories_and_its_unversioned_files() {
    let revisions = read(
        &[
            ("V1__create_users.sql", "CREATE TABLE users (id integer);"),
            ("more/V10__cars.sql", "CREATE TABLE cars (id integer);"),
            ("U2__phone.sql", "ALTER TABLE users ADD COLUMN phone text;"),
            ("mod.rs", "refinery::embed_migrations!();"),
        ],
        Some(Dialect::Sqlite),
    );
    assert_eq!(
        chain(&revisions),
        [("1", vec![], "create users"), ("2", vec!["1"], "phone"), ("10", vec!["2"], "cars")]
    );
    assert_eq!(revisions[1].body, "-- +upgrade sqlite\nALTER TABLE users ADD COLUMN phone text;\n");
}

#[test]
fn a_transaction_around_a_whole_file_is_taken_out() {
    let revisions = read(
        &[
            ("1_a.sql", "BEGIN;\nCREATE TABLE a (id integer);\nCREATE TABLE b (id integer);\nCOMMIT;\n"),
            ("2_b.sql", "-- no-transaction\nBEGIN;\nDROP TABLE a;\nEND;\n"),
        ],
        None,
    );
    assert_eq!(
        revisions[0].body,
        "-- +upgrade\nCREATE TABLE a (id integer);\nCREATE TABLE b (id integer);\n"
    );
    // It brought a transaction of its own, so that it runs in one.
    assert_eq!(revisions[1].body, "-- +upgrade\n-- no-transaction\n\nDROP TABLE a;\n");
}

#[test]
fn what_is_imported_is_written_and_read_as_a_history() {
    let imported = read(
        &[
            ("1_a.up.sql", "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END"),
            ("1_a.down.sql", "DROP TRIGGER t -- it was\n"),
            ("3.up.sql", "SELECT 3;"),
        ],
        Some(Dialect::Sqlite),
    );
    let directory = tree(&[("kept.md", "")]);
    let written: Vec<_> = imported
        .iter()
        .map(|new| new.write(directory.path(), &FileTemplate::default()).unwrap())
        .map(|path| path.strip_prefix(directory.path()).unwrap().to_owned())
        .collect();
    assert_eq!(written, [Path::new("1_a.sql"), Path::new("3_version_3.sql")]);
    let graph = Graph::new(Revisions::directory(directory.path()).unwrap()).unwrap();
    assert_eq!(graph.iter().map(|revision| revision.id()).collect::<Vec<_>>(), ["1", "3"]);
    let first = graph.revision("1").unwrap();
    assert_eq!(first.sections().iter().map(|section| section.statements().len()).collect::<Vec<_>>(), [1, 1]);
    assert!(
        !first.is_irreversible(Dialect::Sqlite)
            && graph.revision("3").unwrap().is_irreversible(Dialect::Sqlite)
    );
}

#[test]
fn what_is_in_no_layout_or_in_several_is_refused_by_name() {
    let up = "SELECT 1;";
    let cases: [(Files<'_>, &str); 12] = [
        (&[], ". has no migration in a known layout"),
        (&[("README.md", "")], ". has no migration in a known layout"),
        (&[("1_a.up.sql", up), ("seed.sql", up)], "seed.sql is named as in none of the known layouts"),
        (&[("V1__a.sql", up), ("V1.5__b.sql", up)], "V1.5__b.sql is named as in none of the known layouts"),
        (&[("V1__a.sql", up), ("R__views.sql", up)], "R__views.sql is named as in none of the known layouts"),
        (&[("1_a.up.sql", up), ("2_b.sql", up)], "2_b.sql is named in another layout than 1_a.up.sql"),
        (&[("1_a.sql", up), ("V2__b.sql", up)], "V2__b.sql is named in another layout than 1_a.sql"),
        (&[("1_a/up.sql", up), ("2_b.sql", up)], "2_b.sql is named in another layout than 1_a/up.sql"),
        (&[("1_a.sql", up), ("001_b.sql", up)], "1_a.sql is of the same version as 001_b.sql"),
        (&[("V1__a.sql", up), ("U1__a.sql", up)], "V1__a.sql is of the same version as U1__a.sql"),
        (&[("V1__a.sql", up), ("V2__b.rs", "")], "V2__b.rs is a program and no SQL"),
        (&[("1_a.up.sql", up), ("2_b.down.sql", up)], "2_b.down.sql belongs to no way up"),
    ];
    for (files, expected) in cases {
        let refusal = refusal(files);
        assert!(refusal.starts_with(&format!("{expected}; ")), "{refusal}\nexpected {expected}");
    }
}

#[test]
fn what_is_in_a_file_is_refused_with_its_line() {
    let cases: [(Files<'_>, Option<Dialect>, &str); 6] = [
        (
            &[("1_a.sql", "SELECT 1;\nBEGIN;\nSELECT 2;\nCOMMIT;\nSELECT 3;")],
            None,
            "1_a.sql:2: BEGIN would begin or end the transaction that the runner keeps",
        ),
        (
            &[("1_a.sql", "SELECT 1;\n\nSELECT 'a;")],
            None,
            "1_a.sql:3: a string is opened here and never closed",
        ),
        (
            &[("1_a.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\n")],
            None,
            "1_a.sql:1: this comment would begin a section of a revision",
        ),
        (
            &[("1_a.sql", "CREATE TABLE [a;b] (id integer);")],
            None,
            "1_a.sql:1: PostgreSQL and SQLite quote or comment differently what stands in this file",
        ),
        (
            &[("1_a/up.sql", "SELECT 1;"), ("1_a/metadata.toml", "\nrun_in_transaction = no\n")],
            None,
            "1_a/metadata.toml:2: 1_a/metadata.toml says what is not known",
        ),
        (&[("a@b_c/up.sql", "SELECT 1;")], None, "a@b_c/up.sql has a version that names no revision"),
    ];
    for (files, dialect, expected) in cases {
        let refusal = refusal_for(files, dialect);
        assert!(refusal.starts_with(expected), "{refusal}\nexpected {expected}");
    }
    assert_eq!(read(&[("1_a.sql", "CREATE TABLE [a;b] (id integer);")], Some(Dialect::Sqlite)).len(), 1);
}
