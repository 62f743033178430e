//! A revision: one migration file, read and checked.

use std::path::{Path, PathBuf};

use super::control;
use super::error::{Fault, ScriptError};
use super::header::{self, Header};
use super::marker;
use super::section::{Direction, Section};
use super::split::{self, Split};
use super::statement::Statement;
use super::text;
use super::time::UtcTime;
use crate::Dialect;

/// One migration file: what its header says, and its sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    file: String,
    path: Option<PathBuf>,
    header: Header,
    sections: Vec<Section>,
    checksum: String,
}

impl Revision {
    /// Reads the text of a revision file; `file` is its name in messages.
    ///
    /// # Errors
    /// A text that is not well formed, with the line and what to do.
    pub fn parse(file: &str, text: &str) -> Result<Self, ScriptError> {
        let text = text::normalised(text);
        let (header, sections) = parts(&text).map_err(|fault| fault.of_file(file))?;
        Ok(Self { file: file.to_owned(), path: None, header, sections, checksum: text::checksum(&text) })
    }

    /// Reads the bytes of a revision file.
    ///
    /// # Errors
    /// Bytes that are not UTF-8; a text that is not well formed.
    pub fn parse_bytes(file: &str, bytes: &[u8]) -> Result<Self, ScriptError> {
        Self::parse(file, text::decode(file, bytes)?)
    }

    /// Says where the file is.
    pub(crate) fn at_path(mut self, path: PathBuf) -> Self {
        self.path = Some(path);
        self
    }

    /// The file, as its source named it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Where the file is, if it was read from a directory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.header.revision
    }

    /// What the revision does: the first line of the file.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.header.message
    }

    /// The identifiers of its parents: none for a base, several for a merge.
    #[must_use]
    pub fn revises(&self) -> &[String] {
        &self.header.revises
    }

    /// Identifiers or labels of revisions that must be applied before it without being its parents.
    #[must_use]
    pub fn depends_on(&self) -> &[String] {
        &self.header.depends_on
    }

    /// Names for the branch that begins here.
    #[must_use]
    pub fn branch_labels(&self) -> &[String] {
        &self.header.branch_labels
    }

    /// The identifiers of the revisions that it stands for: none unless it is a squash.
    #[must_use]
    pub fn replaces(&self) -> &[String] {
        &self.header.replaces
    }

    /// When the file was made.
    #[must_use]
    pub fn created(&self) -> Option<UtcTime> {
        self.header.created
    }

    /// The sections, in the order in which they stand.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The checksum of the text, whatever its line breaks and byte order mark.
    #[must_use]
    pub fn checksum(&self) -> &str {
        &self.checksum
    }

    /// The sections that run when a database of this dialect goes that way.
    pub fn sections_for(&self, direction: Direction, dialect: Dialect) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.applies(direction, dialect))
    }

    /// The upgrade does something on this dialect and nothing says how to undo it. A downgrade section that is
    /// there and empty says that there is nothing to undo.
    #[must_use]
    pub fn is_irreversible(&self, dialect: Dialect) -> bool {
        self.sections_for(Direction::Upgrade, dialect).any(|section| !section.is_empty())
            && self.sections_for(Direction::Downgrade, dialect).next().is_none()
    }
}

fn parts(text: &str) -> Result<(Header, Vec<Section>), Fault> {
    text::refuse_nul(text)?;
    let found = header::parse(text)?;
    let (mut at, mut line) = (found.end, found.end_line);
    let mut sections = Vec::new();
    while let Some(marker) = text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()) {
        let begin = at + marker.len();
        let marker = marker::parse(marker, line)?;
        let split = split(text, begin, line + 1, marker.dialect)?;
        let statements = split.statements.iter().map(|span| Statement::of_span(text, *span)).collect();
        sections.push(Section::new(marker, line, statements)?);
        (at, line) = (split.end, split.end_line);
    }
    if sections.iter().any(|section| section.direction() == Direction::Upgrade) {
        Ok((found.header, sections))
    } else {
        Err(header::no_upgrade())
    }
}

/// A section that is for every dialect must end its statements at the same places by the rules of each.
fn split(text: &str, from: usize, line: usize, dialect: Option<Dialect>) -> Result<Split, Fault> {
    let Some(split) = split::split_for(text, from, line, dialect)? else {
        return Err(Fault::new(
            line - 1,
            "PostgreSQL and SQLite quote or comment differently what stands in this section",
            "write a section for each of them",
        ));
    };
    let hint = "leave it out; a section runs in one transaction unless its marker says no-transaction";
    control::refuse(text, &split.statements, hint)?;
    Ok(split)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PHONE: &str = "\
-- Add users.phone
--
-- Numbers are kept as typed: see the address book.
--
-- revision: 3f2a9c1b7d04
-- revises: 001, 002
-- depends_on: billing
-- branch_labels: accounts
-- replaces: 0001, 0002
-- created: 2026-11-20T10:00:00Z

-- +upgrade
ALTER TABLE users ADD COLUMN phone varchar(32);

-- +upgrade postgres no-transaction
CREATE INDEX CONCURRENTLY ix_users_phone ON users (phone);

-- +upgrade sqlite
CREATE INDEX ix_users_phone ON users (phone);

-- +downgrade
DROP INDEX ix_users_phone;
ALTER TABLE users DROP COLUMN phone;
";

    /// A small file with one line replaced.
    fn with(line: &str, replacement: &str) -> String {
        let text = "-- Do it\n\n-- revision: a1\n-- revises: none\n\n-- +upgrade\nSELECT 1;\n";
        assert!(text.contains(line), "{line:?} is not in the file");
        text.replacen(line, replacement, 1)
    }

    fn refusal(text: &str) -> String {
        let error = Revision::parse("a.sql", text).unwrap_err();
        assert_eq!(error.file(), "a.sql");
        error.to_string()
    }

    #[test]
    fn the_whole_format_is_read() {
        let revision = Revision::parse("phone.sql", PHONE).unwrap();
        assert_eq!((revision.file(), revision.id()), ("phone.sql", "3f2a9c1b7d04"));
        assert_eq!(revision.message(), "Add users.phone");
        assert_eq!(revision.revises(), ["001", "002"]);
        assert_eq!(revision.depends_on(), ["billing"]);
        assert_eq!(revision.branch_labels(), ["accounts"]);
        assert_eq!(revision.replaces(), ["0001", "0002"]);
        assert_eq!(revision.created().unwrap().to_string(), "2026-11-20T10:00:00Z");
        let sections: Vec<_> = revision
            .sections()
            .iter()
            .map(|section| {
                let lines: Vec<_> = section.statements().iter().map(Statement::line).collect();
                (
                    section.direction().name(),
                    section.dialect(),
                    section.is_transactional(),
                    section.line(),
                    lines,
                )
            })
            .collect();
        assert_eq!(
            sections,
            [
                ("upgrade", None, true, 12, vec![13]),
                ("upgrade", Some(Dialect::Postgres), false, 15, vec![16]),
                ("upgrade", Some(Dialect::Sqlite), true, 18, vec![19]),
                ("downgrade", None, true, 21, vec![22, 23]),
            ]
        );
        assert_eq!(
            revision.sections()[1].statements()[0].text(),
            "CREATE INDEX CONCURRENTLY ix_users_phone ON users (phone)"
        );
    }

    #[test]
    fn sections_of_another_dialect_are_passed_over() {
        let revision = Revision::parse("phone.sql", PHONE).unwrap();
        let lines = |direction, dialect| -> Vec<_> {
            revision.sections_for(direction, dialect).map(Section::line).collect()
        };
        assert_eq!(lines(Direction::Upgrade, Dialect::Postgres), [12, 15]);
        assert_eq!(lines(Direction::Upgrade, Dialect::Sqlite), [12, 18]);
        assert_eq!(lines(Direction::Downgrade, Dialect::Sqlite), [21]);
    }

    #[test]
    fn line_breaks_of_windows_and_a_byte_order_mark_change_nothing() {
        let windows = format!("\u{feff}{}\r\n\r\n", PHONE.replace('\n', "\r\n"));
        assert_eq!(Revision::parse("phone.sql", &windows), Revision::parse("phone.sql", PHONE));
    }

    #[test]
    fn the_checksum_is_that_of_the_text() {
        let one = Revision::parse("a.sql", &with("1;", "1;")).unwrap();
        let other = Revision::parse("a.sql", &with("1;", "2;")).unwrap();
        assert_ne!(one.checksum(), other.checksum());
        // As `sha256sum` prints it for the file.
        assert_eq!(one.checksum(), "sha256:09e08ce86ed1fc9edc08650272073816a9b2d1b9f070007a5d5120cb64204590");
    }

    #[test]
    fn a_base_says_none_or_nothing() {
        for text in [with("none", "none"), with(" none", "")] {
            assert!(Revision::parse("a.sql", &text).unwrap().revises().is_empty());
        }
    }

    #[test]
    fn what_is_malformed_is_refused_with_the_line() {
        let cases = [
            (with("-- revision: a1\n", ""), "a.sql:1: the header names no revision"),
            (with("-- revises: none\n", ""), "a.sql:3: the header does not say what the revision stands on"),
            (with("-- Do it\n", ""), "a.sql:1: the header has no message"),
            (with("a1", "a-1"), "a.sql:3: the identifier \"a-1\" contains '-'"),
            (with("a1", "head"), "a.sql:3: `head` has a meaning of its own and cannot name a revision"),
            (with("a1", ""), "a.sql:3: an identifier is empty"),
            (with("none", "b1,"), "a.sql:4: an identifier is empty"),
            (with("none", "b1, b1"), "a.sql:4: `b1` stands here twice"),
            (
                with("-- revises: none", "-- revises: none\n-- depends-on: b"),
                "a.sql:5: this is no line of a header",
            ),
            (
                with("-- revises: none", "-- revises: b\n-- revises: c"),
                "a.sql:5: the header says `revises` twice",
            ),
            (with("-- revises: none", "-- revises: none\n-- created: today"), "a.sql:5: `today` is no time"),
            (
                with("-- revises: none", "-- revises: none\n-- created: 2026-13-20T10:00:00Z"),
                "a.sql:5: `2026-13-20T10:00:00Z` is no time",
            ),
            (with("-- +upgrade\n", ""), "a.sql:6: this stands before the first section"),
            (with("-- +upgrade\nSELECT 1;\n", ""), "a.sql:1: the file has no upgrade section"),
            (with("+upgrade", "+downgrade"), "a.sql:1: the file has no upgrade section"),
            (with("+upgrade", "+upgarde"), "a.sql:6: a section marker does not know `upgarde` here"),
            (
                with("+upgrade", "+upgrade postgresql"),
                "a.sql:6: a section marker does not know `postgresql` here",
            ),
            (
                with("+upgrade", "+upgrade sqlite sqlite"),
                "a.sql:6: a section marker does not know `sqlite` here",
            ),
            (with("-- +upgrade", "  -- +upgrade"), "a.sql:6: a section marker stands behind other text"),
            (with("1;", "1; -- +downgrade"), "a.sql:7: a section marker stands behind other text"),
            (with("1;", "1;\n-- +downgrad\n"), "a.sql:8: a section marker does not know `downgrad` here"),
            (with("1;", "'\n-- +downgrade\n;"), "a.sql:7: a string is opened here and never closed"),
            (
                with("1;", "1;\n\n commit;"),
                "a.sql:9: COMMIT would begin or end the transaction that the runner keeps",
            ),
            (with("1;", "1;\0"), "a.sql:7: the file contains a NUL character"),
            (
                with("1;", "/* /* */ 1; -- */"),
                "a.sql:6: PostgreSQL and SQLite quote or comment differently what stands in this section",
            ),
        ];
        for (text, expected) in cases {
            let refusal = refusal(&text);
            assert!(refusal.starts_with(&format!("{expected}; ")), "{refusal}\nexpected {expected}");
        }
    }

    #[test]
    fn other_bytes_than_utf8_are_refused_by_name() {
        let error = Revision::parse_bytes("a.sql", b"-- Do\n-- caf\xe9\n").unwrap_err();
        assert_eq!(error.to_string(), "a.sql:2: the file is not UTF-8; save it as UTF-8");
    }

    #[test]
    fn a_marker_inside_a_string_is_text() {
        let text = with("1;", "$$\n-- +downgrade\n$$;").replace("+upgrade\n", "+upgrade postgres\n");
        assert_eq!(Revision::parse("a.sql", &text).unwrap().sections().len(), 1);
    }

    #[test]
    fn only_a_missing_downgrade_is_irreversible() {
        let is_irreversible = |sections: &str, dialect| {
            Revision::parse("a.sql", &with("-- +upgrade\nSELECT 1;\n", sections))
                .unwrap()
                .is_irreversible(dialect)
        };
        assert!(is_irreversible("-- +upgrade\nSELECT 1;\n", Dialect::Sqlite));
        assert!(!is_irreversible("-- +upgrade\n", Dialect::Sqlite));
        assert!(!is_irreversible("-- +upgrade\nSELECT 1;\n-- +downgrade\n", Dialect::Sqlite));
        let half = "-- +upgrade\nSELECT 1;\n-- +downgrade postgres\nSELECT 1;\n";
        assert!(is_irreversible(half, Dialect::Sqlite));
        assert!(!is_irreversible(half, Dialect::Postgres));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*", sections in r#"([ ;'"$E\\/*()aé\n-]|\n-- \+[a-z]* |/\*|BEGIN |END;)*"#) {
            let _ = Revision::parse("a.sql", &text);
            let headed = with("SELECT 1;\n", &sections);
            match Revision::parse("a.sql", &headed) {
                Ok(revision) => prop_assert_eq!(revision.id(), "a1"),
                Err(error) => prop_assert!((1..=headed.lines().count()).contains(&error.line()), "{}", error),
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            prop_assert!(Revision::parse_bytes("a.sql", &bytes).is_err());
        }
    }
}
