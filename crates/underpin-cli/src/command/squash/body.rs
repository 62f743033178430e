//! The sections of a squash: those of its revisions, one after the other upwards and in reverse downwards.

use underpin::migrate::{Dialect, Direction, Revision, SectionBody};

const DIALECTS: [Dialect; 2] = [Dialect::Postgres, Dialect::Sqlite];

/// A section, as it stands in the file.
struct Piece {
    marker: String,
    text: String,
    /// Others may be put behind its statements.
    is_open: bool,
}

/// The body of the squash of some revisions, parents first, with the texts of their files.
pub(super) fn of(members: &[&Revision], texts: &[String]) -> String {
    let sources: Vec<(&Revision, &str)> =
        members.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    let up = joined(&sources, Direction::Upgrade);
    let stuck: Vec<&str> = members
        .iter()
        .filter(|revision| DIALECTS.iter().any(|dialect| revision.is_irreversible(*dialect)))
        .map(|revision| revision.id())
        .collect();
    if !stuck.is_empty() {
        return format!("{up}\n-- There is no way back: {} cannot be undone.\n", stuck.join(", "));
    }
    let reversed: Vec<(&Revision, &str)> = sources.into_iter().rev().collect();
    format!("{up}\n{}", joined(&reversed, Direction::Downgrade))
}

fn joined(sources: &[(&Revision, &str)], direction: Direction) -> String {
    let mut pieces: Vec<Piece> = Vec::new();
    for (revision, text) in sources {
        let mut origin = Some(format!("-- {}: {}\n", revision.id(), revision.message()));
        for mut piece in of_file(revision, text, direction) {
            if let Some(origin) = origin.take() {
                piece.text.insert_str(0, &origin);
            }
            match pieces
                .last_mut()
                .filter(|last| last.is_open && piece.is_open && last.marker == piece.marker)
            {
                Some(last) => {
                    last.text.push('\n');
                    last.text.push_str(&piece.text);
                }
                None => pieces.push(piece),
            }
        }
    }
    if pieces.is_empty() {
        return format!("-- +{direction}\n");
    }
    let sections = pieces.iter().map(|piece| format!("{}\n{}", piece.marker, piece.text));
    sections.collect::<Vec<_>>().join("\n")
}

/// The sections of one direction that do something, with their comments.
fn of_file(revision: &Revision, text: &str, direction: Direction) -> Vec<Piece> {
    let lines: Vec<&str> = text.lines().collect();
    let begins: Vec<usize> = revision.sections().iter().map(underpin::migrate::Section::line).collect();
    let sections = revision.sections().iter().enumerate();
    let sections = sections.filter(|(_, section)| section.direction() == direction && !section.is_empty());
    sections
        .map(|(index, section)| {
            let end = begins.get(index + 1).map_or(lines.len(), |next| next - 1);
            let body = lines.get(section.line()..end).unwrap_or_default().join("\n");
            let body = body.trim_matches(['\n', '\r', ' ', '\t']);
            let marker = lines.get(section.line() - 1).map_or("", |line| line.trim());
            // Behind a last statement without a semicolon, or behind a comment, only a marker is safe.
            let is_open = matches!(section.body(), SectionBody::Statements(_)) && body.ends_with(';');
            Piece { marker: marker.to_owned(), text: format!("{body}\n"), is_open }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "\
-- Create users
--
-- revision: 1
-- revises: none

-- +upgrade
-- people
CREATE TABLE users (id integer);

-- +downgrade
DROP TABLE users;
";

    const TWO: &str = "\
-- Index them
--
-- revision: 2
-- revises: 1

-- +upgrade
ALTER TABLE users ADD COLUMN email text;

-- +upgrade postgres no-transaction
CREATE INDEX CONCURRENTLY i ON users (email)

-- +downgrade
DROP INDEX i;
";

    fn squashed(texts: &[&str]) -> String {
        let revisions: Vec<Revision> =
            texts.iter().map(|text| Revision::parse("x.sql", text).unwrap()).collect();
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        of(&revisions.iter().collect::<Vec<_>>(), &texts)
    }

    #[test]
    fn sections_of_one_kind_are_put_together_and_downgrades_turned_round() {
        let expected = "\
-- +upgrade
-- 1: Create users
-- people
CREATE TABLE users (id integer);

-- 2: Index them
ALTER TABLE users ADD COLUMN email text;

-- +upgrade postgres no-transaction
CREATE INDEX CONCURRENTLY i ON users (email)

-- +downgrade
-- 2: Index them
DROP INDEX i;

-- 1: Create users
DROP TABLE users;
";
        assert_eq!(squashed(&[ONE, TWO]), expected);
    }

    #[test]
    fn what_cannot_be_undone_is_said() {
        let (stuck, _) = TWO.split_once("-- +downgrade").unwrap();
        let body = squashed(&[ONE, stuck]);
        assert!(body.ends_with("\n-- There is no way back: 2 cannot be undone.\n"), "{body}");
        assert!(!body.contains("+downgrade"), "{body}");
    }

    #[test]
    fn revisions_that_do_nothing_make_empty_sections() {
        let empty = "-- A\n--\n-- revision: 1\n-- revises: none\n\n-- +upgrade\n\n-- +downgrade\n";
        assert_eq!(squashed(&[empty]), "-- +upgrade\n\n-- +downgrade\n");
    }
}
