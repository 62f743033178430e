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
        self.check_message()?;
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
        if self.is_said_by(&parsed) {
            return Ok(text);
        }
        Err(MigrateError::new(
            Kind::Script,
            "a header cannot say the names of this revision",
            "use letters, digits, underscores and dots",
        ))
    }

    fn check_message(&self) -> Result<()> {
        let message = self.message.trim();
        let alone = format!("-- {message}\n--\n-- revision: a\n-- revises: none\n\n-- +upgrade\n");
        if Revision::parse("", &alone).is_ok_and(|revision| revision.message() == message) {
            return Ok(());
        }
        Err(MigrateError::new(
            Kind::Script,
            format!("{message:?} is no message that a header can say"),
            "say what the revision does in one line; add more to the file",
        ))
    }

    fn is_said_by(&self, parsed: &Revision) -> bool {
        parsed.message() == self.message.trim()
            && parsed.id() == self.id
            && parsed.revises() == self.revises
            && parsed.depends_on() == self.depends_on
            && parsed.branch_labels() == self.branch_labels
            && parsed.replaces() == self.replaces
            && parsed.created() == self.created
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn new(message: &str) -> NewRevision {
        NewRevision { id: "a1".to_owned(), created: None, ..NewRevision::new(message) }
    }

    #[test]
    fn a_new_file_is_laid_out_as_people_write_it() {
        let revision = NewRevision {
            revises: vec!["001".to_owned(), "002".to_owned()],
            depends_on: vec!["billing".to_owned()],
            branch_labels: vec!["accounts".to_owned()],
            replaces: vec!["x1".to_owned(), "x2".to_owned()],
            created: UtcTime::parse("2026-11-20T10:00:00Z"),
            ..new("Add users.phone")
        };
        let expected = "\
-- Add users.phone
--
-- revision: a1
-- revises: 001, 002
-- depends_on: billing
-- branch_labels: accounts
-- replaces: x1, x2
-- created: 2026-11-20T10:00:00Z

-- +upgrade

-- +downgrade
";
        assert_eq!(revision.text().unwrap(), expected);
    }

    #[test]
    fn an_identifier_is_made_up_of_twelve_digits() {
        let (one, other) = (NewRevision::new("Do it"), NewRevision::new("Do it"));
        assert!(one.id.len() == 12 && one.id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", one.id);
        assert_ne!(one.id, other.id);
        assert!(one.created.is_some_and(|created| created.epoch() > 1_700_000_000));
    }

    #[test]
    fn what_a_header_cannot_say_is_refused() {
        let with = |change: fn(&mut NewRevision)| {
            let mut revision = new("Do it");
            change(&mut revision);
            revision.text().unwrap_err().problem().to_owned()
        };
        let cases = [
            (
                with(|new| new.id = "head".to_owned()),
                "`head` has a meaning of its own and cannot name a revision",
            ),
            (with(|new| new.id = "a-1".to_owned()), "the identifier \"a-1\" contains '-'"),
            (
                with(|new| new.id = "a1\n-- +upgrade".to_owned()),
                "the header does not say what the revision stands on",
            ),
            (with(|new| new.id.clear()), "an identifier is empty"),
            (
                with(|new| new.revises = vec!["a,b".to_owned()]),
                "a header cannot say the names of this revision",
            ),
            (
                with(|new| new.revises = vec!["none".to_owned()]),
                "a header cannot say the names of this revision",
            ),
            (with(|new| new.branch_labels = vec!["a".to_owned(), "a".to_owned()]), "`a` stands here twice"),
            (with(|new| new.body = "SELECT 1;".to_owned()), "this stands before the first section"),
            (with(|new| new.body = "-- +downgrade".to_owned()), "the file has no upgrade section"),
        ];
        for (problem, expected) in cases {
            assert_eq!(problem, expected);
        }
        for message in ["", " ", "revises: it", "+upgrade", "Do it\nand more", "Do it\n-- and more", "a\0b"] {
            let error = new(message).text().unwrap_err();
            let expected = format!("{:?} is no message that a header can say", message.trim());
            assert!(error.is_script() && error.problem() == expected, "{error}");
        }
    }

    #[test]
    fn a_file_is_written_once() {
        let directory = tempfile::tempdir().unwrap();
        let directory = directory.path().join("migrations");
        let template = "{year}/{rev}_{slug}".parse().unwrap();
        let revision = NewRevision { created: UtcTime::parse("2026-11-20T10:00:00Z"), ..new("Do it") };
        let path = revision.write(&directory, &template).unwrap();
        assert_eq!(path, directory.join("2026/a1_do_it.sql"));
        assert_eq!(fs::read_to_string(&path).unwrap(), revision.text().unwrap());
        let error = revision.write(&directory, &template).unwrap_err();
        assert!(error.is_source() && error.problem().contains("a1_do_it.sql"), "{error}");
        assert!(error.hint().contains("choose another"), "{error}");
    }

    fn names() -> impl Strategy<Value = Vec<String>> {
        prop::collection::btree_set("[a-z0-9_.é/]{1,8}", 0..4).prop_map(|names| names.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            message in ".{0,40}",
            id in "[a-z0-9_.é/]{1,12}",
            lists in [names(), names(), names(), names()],
            seconds in prop::option::of(0_u64..4_000_000_000),
            body in prop_oneof![Just(EMPTY_SECTIONS), Just("-- +upgrade sqlite\nSELECT 1;\n")],
        ) {
            let created = seconds.map(|s| UtcTime::from(std::time::UNIX_EPOCH + std::time::Duration::from_secs(s)));
            let [revises, depends_on, branch_labels, replaces] = lists;
            let revision = NewRevision { message, id, revises, depends_on, branch_labels, replaces, created, body: body.to_owned() };
            if let Ok(text) = revision.text() {
                let parsed = Revision::parse("a.sql", &text).unwrap();
                prop_assert!(revision.is_said_by(&parsed));
                prop_assert_eq!(parsed.sections().len(), body.matches("-- +").count());
            } else {
                let odd = |name: &String| ["head", "heads", "base", "current", "none"].contains(&name.as_str());
                let named = [&revision.revises, &revision.depends_on, &revision.branch_labels, &revision.replaces];
                let odd_name = odd(&revision.id) || named.into_iter().flatten().any(odd);
                let message = revision.message.trim();
                prop_assert!(
                    odd_name || message.is_empty() || message.starts_with('+') || message.contains([':', '\0', '\r']),
                    "{:?}", revision
                );
            }
        }
    }
}
