//! Migrations of other tools, read as new revisions.
//!
//! | layout | files |
//! |---|---|
//! | plain, and sqlx's reversible one | `001_users.up.sql`, `001_users.down.sql` |
//! | sqlx's simple one | `20260102030405_users.sql` |
//! | Diesel | `2026-01-02-030405_users/up.sql`, `down.sql`, `metadata.toml` |
//! | refinery | `V1__users.sql`, `U2__more.sql` |
//!
//! The version becomes the identifier, as the tool writes it into its own table: without the zeros before a number
//! (`001` is `1`), for Diesel without the hyphens. Each revision stands on the one of the next lower version. Gaps
//! between versions mean nothing, and refinery's `U` files, which that tool runs whenever they come, take their place
//! in the order of the versions.
//!
//! The SQL is kept as it is, comments included. Where there is no file for the way down, there is no downgrade. What
//! sqlx and Diesel run outside of a transaction (`-- no-transaction` on the first line, `run_in_transaction = false`)
//! becomes a section that does too. A `BEGIN` and a `COMMIT` around a whole file are taken out, since the runner begins
//! and commits; any other statement of this kind is refused with its line.

mod found;
mod layout;
mod metadata;
mod migration;

use std::path::Path;

use crate::{Dialect, NewRevision, Result};

/// Reads the migrations of another tool, as a chain of revisions in the order of their versions.
///
/// Their sections are for the dialect given; without one they are for every dialect, which files that PostgreSQL and
/// SQLite quote or comment differently cannot be.
///
/// # Errors
/// A directory or a file that cannot be read; files of none of the layouts above, or of several; two files of one
/// version; a way down without a way up; a migration that is a Rust program; SQL that cannot be split into statements,
/// or that begins and ends transactions.
pub fn read(directory: impl AsRef<Path>, dialect: Option<Dialect>) -> Result<Vec<NewRevision>> {
    let migrations = found::migrations(directory.as_ref())?;
    let mut revisions: Vec<NewRevision> = Vec::with_capacity(migrations.len());
    for migration in migrations {
        let mut revision = migration.revision(dialect)?;
        revision.revises.extend(revisions.last().map(|parent| parent.id.clone()));
        revisions.push(revision);
    }
    Ok(revisions)
}
