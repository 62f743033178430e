//! A revision that has no file yet.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::FileTemplate;
use crate::error::Kind;
use crate::{MigrateError, Result, Revision, UtcTime};

/// The digits of an identifier that is not chosen.
const ID_DIGITS: usize = 12;
const EMPTY_SECTIONS: &str = "-- +upgrade\n\n-- +downgrade\n";

/// A revision that has no file yet.
///
/// ```
/// # use underpin_migrate::{NewRevision, Revision};
/// let mut new = NewRevision::new("Add users.phone");
/// new.revises = vec!["001".to_owned()];
/// let text = new.text()?;
/// assert!(text.starts_with("-- Add users.phone\n--\n-- revision: "));
/// let revision = Revision::parse("phone.sql", &text)?;
/// assert_eq!((revision.id(), revision.revises()), (&*new.id, &*new.revises));
/// # Ok::<(), underpin_migrate::MigrateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRevision {
    /// What the revision does, in one line.
    pub message: String,
    /// The identifier.
    pub id: String,
    /// The identifiers of its parents: none for a base, several for a merge.
    pub revises: Vec<String>,
    /// Identifiers or labels of revisions that must be applied before it without being its parents.
    pub depends_on: Vec<String>,
    /// Names for the branch that begins here.
    pub branch_labels: Vec<String>,
    /// The identifiers of the revisions that it stands for: none unless it is a squash.
    pub replaces: Vec<String>,
    /// When the file was made, if that is known.
    pub created: Option<UtcTime>,
    /// The sections, with their markers.
    pub body: String,
}

impl NewRevision {
    /// A base that is made now: with a random identifier of twelve hexadecimal digits and empty sections.
    pub fn new(message: impl Into<String>) -> Self {
        let mut id = uuid::Uuid::new_v4().simple().to_string();
        id.truncate(ID_DIGITS);
        Self {
            message: message.into(),
            id,
            revises: Vec::new(),
            depends_on: Vec::new(),
            branch_labels: Vec::new(),
            replaces: Vec::new(),
            created: Some(UtcTime::now()),
            body: EMPTY_SECTIONS.to_owned(),
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// A name or a message that a header cannot say; sections that are not well formed.
    pub fn text(&self) -> Result<String> {
        let mut text = format!("-- {}\n--\n-- revision: {}\n", self.message.trim(), self.id);
        let revises = if self.revises.is_empty() { "none".to_owned() } else { self.revises.join(", ") };
        text.push_str(&format!("-- revises: {revises}\n"));
        let lists = [
            ("depends_on", &self.depends_on),
            ("branch_labels", &self.branch_labels),
            ("replaces", &self.replaces),
        ];
        for (key, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            text.push_str(&format!("-- {key}: {}\n", names.join(", ")));
        }
        if let Some(created) = self.created {
            text.push_str(&format!("-- created: {created}\n"));
        }
        text.push('\n');
        text.push_str(&self.body);
        let parsed = Revision::parse("the new revision", &text)?;
        if self.says(&parsed) { Ok(text) } else { Err(self.not_said()) }
    }

    /// The file says what was to be written.
    fn says(&self, parsed: &Revision) -> bool {
        parsed.message() == self.message.trim()
            && parsed.id() == self.id
            && parsed.revises() == self.revises
            && parsed.depends_on() == self.depends_on
            && parsed.branch_labels() == self.branch_labels
            && parsed.replaces() == self.replaces
            && parsed.created() == self.created
    }

    fn not_said(&self) -> MigrateError {
        MigrateError::new(
            Kind::Script,
            format!("a header cannot say the message {:?}", self.message),
            "say what the revision does in one line; add more to the file",
        )
    }

    /// Writes the file into a directory, which is made if it is not there, and gives its path.
    ///
    /// # Errors
    /// What [`text`](Self::text) refuses; a file of this name that is there already; a directory that cannot be
    /// written to.
    pub fn write(&self, directory: impl AsRef<Path>, template: &FileTemplate) -> Result<PathBuf> {
        let text = self.text()?;
        let path = directory.as_ref().join(template.file_name(self));
        write_new(&path, &text).map_err(|error| {
            let hint = if error.kind() == io::ErrorKind::AlreadyExists {
                "choose another message, identifier or file template"
            } else {
                "check that the directory may be written to"
            };
            let problem = format!("the revision file {} cannot be written", path.display());
            MigrateError::new(Kind::Source, problem, hint).caused_by(error)
        })?;
        Ok(path)
    }
}

/// Writes a file that must not be there yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}
