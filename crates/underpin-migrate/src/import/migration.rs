//! One migration of another tool, and the revision that it becomes.

use std::path::{Path, PathBuf};

use super::found::refused;
use super::layout::{Layout, Piece, Role};
use super::metadata;
use crate::script::{PlainSection, identifier};
use crate::source::tree;
use crate::{Dialect, Direction, NewRevision, Result, UtcTime};

/// What sqlx looks for at the very beginning of a file.
const NO_TRANSACTION: &str = "-- no-transaction";

/// The files of one migration.
#[derive(Debug)]
pub(crate) struct Migration {
    layout: Layout,
    version: String,
    name: String,
    up: Option<PathBuf>,
    down: Option<PathBuf>,
    metadata: Option<PathBuf>,
}

impl Migration {
    pub(crate) fn new(piece: &Piece) -> Self {
        let Piece { layout, version, name, .. } = piece.clone();
        Self { layout, version, name, up: None, down: None, metadata: None }
    }

    /// Adds a file; gives the one that it would replace.
    pub(crate) fn add(&mut self, role: Role, path: PathBuf) -> Option<PathBuf> {
        match role {
            Role::Up | Role::Program => self.up.replace(path),
            Role::Down => self.down.replace(path),
            Role::Metadata => self.metadata.replace(path),
        }
    }

    /// The revision that does the same; its parent is still to be said.
    pub(crate) fn revision(&self, dialect: Option<Dialect>) -> Result<NewRevision> {
        let Some(up) = &self.up else {
            let path = self.down.iter().chain(&self.metadata).next().map_or(Path::new(""), PathBuf::as_path);
            return Err(refused(
                path,
                "belongs to no way up",
                "add the file of the way up, or remove this one",
            ));
        };
        if let Some(problem) = identifier::problem(&self.version) {
            return Err(refused(
                up,
                &format!("has a version that names no revision: {problem}"),
                "rename it",
            ));
        }
        let transaction = self.metadata.as_deref().map_or(Ok(true), runs_in_transaction)?;
        let mut body = self.section(Direction::Upgrade, up, dialect, transaction)?;
        if let Some(down) = &self.down {
            body.push('\n');
            body.push_str(&self.section(Direction::Downgrade, down, dialect, transaction)?);
        }
        Ok(NewRevision {
            id: self.version.clone(),
            created: created(&self.version),
            body,
            ..NewRevision::new(self.message())
        })
    }

    fn message(&self) -> String {
        let message = self.name.replace('_', " ");
        if message.trim().is_empty() { format!("Version {}", self.version) } else { message }
    }

    /// The marker and the SQL of one way.
    fn section(
        &self,
        direction: Direction,
        path: &Path,
        dialect: Option<Dialect>,
        transaction: bool,
    ) -> Result<String> {
        let bytes = tree::read(path)?;
        let plain = PlainSection::parse(&path.to_string_lossy(), &bytes, dialect)?;
        let said = self.layout.knows_no_transaction() && bytes.starts_with(NO_TRANSACTION.as_bytes());
        let dialect = dialect.map_or(String::new(), |dialect| format!(" {dialect}"));
        // A file that brings its own transaction runs in one, whatever the tool would have done.
        let outside = if (transaction && !said) || plain.was_wrapped { "" } else { " no-transaction" };
        Ok(format!("-- +{direction}{dialect}{outside}\n{}\n", plain.text))
    }
}

fn runs_in_transaction(path: &Path) -> Result<bool> {
    let bytes = tree::read(path)?;
    metadata::runs_in_transaction(&String::from_utf8_lossy(&bytes)).map_err(|line| {
        let hint = "it may say `run_in_transaction = false`, once";
        refused(path, "says what is not known", hint).in_file(&path.to_string_lossy()).at_line(line)
    })
}

/// Many versions are times: `20260102030405`.
fn created(version: &str) -> Option<UtcTime> {
    let part = |from, to| version.get(from..to);
    let (date, time) = (part(0, 8)?, part(8, 14).filter(|_| version.len() == 14)?);
    let (year, month, day) = (date.get(..4)?, date.get(4..6)?, date.get(6..)?);
    let (hour, minute, second) = (time.get(..2)?, time.get(2..4)?, time.get(4..)?);
    UtcTime::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z"))
}
