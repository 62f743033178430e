//! Trees that are wrong, or look it: a clear error with the file, or it works.

use std::error::Error as _;
use std::fs;

use underpin_migrate::{Graph, MigrateError, Revision, Revisions};

use crate::tree::{shortened, tree};

const USERS: &str = "\
-- Create users
--
-- revision: 001
-- revises: none

-- +upgrade
CREATE TABLE users (id integer);

-- +downgrade
DROP TABLE users;
";

fn refusal(files: &[(&str, impl AsRef<[u8]>)]) -> String {
    let directory = tree(files);
    shortened(&read(directory.path()).unwrap_err().to_string(), directory.path())
}

fn read(directory: impl AsRef<std::path::Path>) -> Result<Graph, MigrateError> {
    Graph::new(Revisions::directory(directory)?)
}

/// The only revision of a directory with one file.
fn only(content: impl AsRef<[u8]>) -> Revision {
    let directory = tree(&[("a.sql", content)]);
    Revisions::directory(directory.path()).unwrap().iter().next().unwrap().clone()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[test]
fn an_empty_directory_has_no_revision() {
    assert_eq!(read(tree(&[("notes.md", "")]).path()).unwrap().iter().len(), 0);
}

#[test]
fn two_files_with_one_identifier_are_both_named() {
    let refusal = refusal(&[("a.sql", USERS), ("2026/b.sql", USERS)]);
    assert!(
        refusal.contains("001") && refusal.contains("a.sql") && refusal.contains("2026/b.sql"),
        "{refusal}"
    );
}

#[test]
fn what_is_missing_in_a_file_is_said() {
    let header = USERS.split_once("\n-- +").unwrap().0;
    let cases = [
        ("", "a.sql:1: the header names no revision"),
        ("\n\n", "a.sql:1: the header names no revision"),
        ("-- Create users\n", "a.sql:1: the header names no revision"),
        (header, "a.sql:1: the file has no upgrade section"),
        (
            &header.replace("-- revises: none\n", ""),
            "a.sql:3: the header does not say what the revision stands on",
        ),
        (
            &header.replace("-- revises", "-- revision: 2\n-- revises"),
            "a.sql:4: the header says `revision` twice",
        ),
        ("\nCREATE TABLE users (id integer);\n", "a.sql:2: the file has no header"),
    ];
    for (text, expected) in cases {
        let refusal = refusal(&[("a.sql", text)]);
        assert!(refusal.starts_with(&format!("{expected}; ")), "{refusal}\nexpected {expected}");
    }
}

#[test]
fn line_breaks_and_a_byte_order_mark_change_neither_statements_nor_checksum() {
    let plain = only(USERS);
    let windows = USERS.replace('\n', "\r\n");
    for text in [&windows, &format!("\u{feff}{USERS}"), &format!("\u{feff}{windows}\r\n"), USERS.trim_end()] {
        let other = only(text);
        assert_eq!((other.checksum(), other.sections()), (plain.checksum(), plain.sections()));
    }
}

#[test]
fn other_encodings_are_named() {
    let cases = [
        (utf16(USERS, u16::to_le_bytes, true), "a.sql:1: the file is UTF-16"),
        (utf16(USERS, u16::to_be_bytes, true), "a.sql:1: the file is UTF-16"),
        (utf16(USERS, u16::to_le_bytes, false), "a.sql:1: the file contains a NUL character"),
        (
            USERS.replace("users (", "caf\u{e9} (").into_bytes().into_iter().filter(|b| *b != 0xc3).collect(),
            "a.sql:7: the file is not UTF-8",
        ),
        (USERS.replace("users (", "\0users (").into_bytes(), "a.sql:7: the file contains a NUL character"),
    ];
    for (bytes, expected) in cases {
        let refusal = refusal(&[("a.sql", bytes)]);
        assert!(refusal.starts_with(&format!("{expected}; ")), "{refusal}\nexpected {expected}");
    }
}

#[test]
fn ten_megabytes_of_sql_are_read_to_the_last_statement() {
    let row = "INSERT INTO users (id, name) VALUES (1, 'it''s one; of many');\n";
    let count = 10_000_000 / row.len();
    let many = only(USERS.replace("CREATE TABLE users (id integer);\n", &row.repeat(count)));
    let statements = many.sections()[0].statements();
    assert_eq!((statements.len(), statements[count - 1].line()), (count, 6 + count));
    let text = "it''s one; of many\n".repeat(500_000);
    let long = only(USERS.replace("(id integer)", &format!("(id text DEFAULT '{text}')")));
    assert_eq!((long.sections()[0].statements().len(), long.sections()[1].line()), (1, 500_009));
}

#[test]
fn a_directory_that_is_none_is_named() {
    let directory = tree(&[("a.sql", USERS)]);
    for path in [directory.path().join("a.sql"), directory.path().join("none")] {
        let error = Revisions::directory(&path).unwrap_err();
        assert!(error.is_source() && error.problem().contains(path.to_str().unwrap()), "{error}");
        assert!(error.source().is_some());
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_those_to_nowhere_and_in_a_circle_are_named() {
    use std::os::unix::fs::symlink;

    let elsewhere = tree(&[("inner/b.sql", USERS)]);
    let directory = tree(&[("notes.md", "")]);
    symlink(elsewhere.path().join("inner"), directory.path().join("linked")).unwrap();
    let graph = read(directory.path()).unwrap();
    assert_eq!(graph.revision("001").unwrap().path(), Some(&*directory.path().join("linked/b.sql")));

    symlink("nowhere", directory.path().join("c.sql")).unwrap();
    let error = read(directory.path()).unwrap_err();
    assert!(error.is_source() && error.problem().contains("c.sql"), "{error}");

    fs::remove_file(directory.path().join("c.sql")).unwrap();
    symlink(directory.path(), directory.path().join("round")).unwrap();
    let error = read(directory.path()).unwrap_err();
    assert!(error.is_source() && error.problem().contains("round/round"), "{error}");
}

/// The rights of a file do not keep the superuser from reading, who may run this test; what does is a file whose
/// beginning nobody can read.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_named() {
    let directory = tree(&[("a.sql", USERS)]);
    std::os::unix::fs::symlink("/proc/self/mem", directory.path().join("b.sql")).unwrap();
    let error = read(directory.path()).unwrap_err();
    assert!(error.is_source() && error.problem().contains("b.sql"), "{error}");
    assert!(error.hint().contains("may be read") && error.source().is_some(), "{error}");
}
