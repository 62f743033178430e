//! Looks for the files of migrations, and puts together what belongs to one.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::layout::{self, Layout, Piece, Role};
use super::migration::Migration;
use crate::error::Kind;
use crate::source::tree;
use crate::{MigrateError, Result};

const LAYOUTS: &str = "known are 001_users.up.sql with 001_users.down.sql, 001_users.sql, V1__users.sql, and \
    directories with up.sql and down.sql";

/// The migrations of a directory, in the order of their versions.
pub(crate) fn migrations(directory: &Path) -> Result<Vec<Migration>> {
    let mut first: Option<(Layout, PathBuf)> = None;
    let mut migrations: BTreeMap<String, Migration> = BTreeMap::new();
    for path in tree::files(directory)? {
        let Some(piece) = piece(directory, &path) else {
            if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("sql")) {
                let hint = format!("{LAYOUTS}; move what is no migration elsewhere");
                return Err(refused(&path, "is named as in none of the known layouts", hint));
            }
            continue;
        };
        match &first {
            Some((layout, other)) if *layout != piece.layout => {
                let problem = format!("is named in another layout than {}", other.display());
                return Err(refused(&path, &problem, "import each layout from a directory of its own"));
            }
            Some(_) => {}
            None => first = Some((piece.layout, path.clone())),
        }
        if piece.role == Role::Program {
            let hint = "put a .sql file with what the program runs in its place";
            return Err(refused(&path, "is a program and no SQL", hint));
        }
        let migration = migrations.entry(order(&piece)).or_insert_with(|| Migration::new(&piece));
        if let Some(other) = migration.add(piece.role, path.clone()) {
            let problem = format!("is of the same version as {}", other.display());
            return Err(refused(&path, &problem, "give one of them another version, or remove it"));
        }
    }
    if migrations.is_empty() {
        return Err(refused(directory, "has no migration in a known layout", LAYOUTS));
    }
    Ok(migrations.into_values().collect())
}

fn piece(directory: &Path, path: &Path) -> Option<Piece> {
    let parent = path.parent().filter(|parent| *parent != directory);
    let inner = parent.and_then(Path::file_name).map(OsStr::to_string_lossy);
    layout::piece(inner.as_deref(), &path.file_name()?.to_string_lossy())
}

/// The version as a text that compares as the layout does.
fn order(piece: &Piece) -> String {
    if piece.layout.has_numbers() { format!("{:0>20}", piece.version) } else { piece.version.clone() }
}

/// The error of a file that cannot be imported.
pub(crate) fn refused(path: &Path, problem: &str, hint: impl Into<String>) -> MigrateError {
    MigrateError::new(Kind::Source, format!("{} {problem}", path.display()), hint)
}
