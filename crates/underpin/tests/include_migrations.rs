//! Revision files that are compiled into a program.

use std::path::Path;

use underpin::include_migrations;
use underpin::migrate::{Embedded, Revisions};

static MIGRATIONS: Embedded = include_migrations!("tests/migrations");

#[test]
fn files_are_named_from_the_directory_and_sorted() {
    let names: Vec<_> = MIGRATIONS.files.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["001_create_users.sql", "2026/002_add_users_phone.sql"]);
}

#[test]
fn the_program_carries_what_the_directory_has() {
    let directory = Path::new(MIGRATIONS.directory);
    assert!(directory.is_absolute() && directory.ends_with("tests/migrations"));
    let embedded = MIGRATIONS.revisions().unwrap();
    let read = Revisions::directory(directory).unwrap();
    let ids = |revisions: &Revisions| -> Vec<_> {
        revisions.iter().map(|revision| (revision.id().to_owned(), revision.checksum().to_owned())).collect()
    };
    assert_eq!(ids(&embedded), ids(&read));
    assert!(embedded.iter().all(|revision| revision.path().is_none()));
}
