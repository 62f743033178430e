//! The comment at the head of a revision file: what it does, its name, and what it stands on.

use super::error::Fault;
use super::time::UtcTime;
use super::{identifier, marker};

/// The names in the header, in the order in which they are written.
const KEYS: [&str; 6] = ["revision", "revises", "depends_on", "branch_labels", "replaces", "created"];

/// What the header says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) message: String,
    pub(crate) revision: String,
    pub(crate) revises: Vec<String>,
    pub(crate) depends_on: Vec<String>,
    pub(crate) branch_labels: Vec<String>,
    pub(crate) replaces: Vec<String>,
    pub(crate) created: Option<UtcTime>,
}

/// A header, and where the first section begins.
pub(crate) struct Found {
    pub(crate) header: Header,
    pub(crate) end: usize,
    pub(crate) end_line: usize,
}

/// A `key: value` line.
struct Entry<'a> {
    key: &'static str,
    value: &'a str,
    line: usize,
}

/// Reads the header of a normalised text.
pub(crate) fn parse(text: &str) -> Result<Found, Fault> {
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let number = index + 1;
        let content = line.trim();
        if marker::is_marker(line) {
            return Ok(Found { header: read(&lines)?, end: at, end_line: number });
        }
        if marker::is_marker(content) {
            return Err(marker::misplaced(number));
        }
        match content.strip_prefix("--") {
            Some(comment) => lines.push((number, comment.trim())),
            None if content.is_empty() => lines.push((number, "")),
            None => return Err(headless(&lines, number)),
        }
        at += line.len();
    }
    // What is wrong in the header says more than that nothing follows it.
    read(&lines)?;
    Err(no_upgrade())
}

/// The fault of a statement on line `number`, where only a header can stand.
fn headless(lines: &[(usize, &str)], number: usize) -> Fault {
    if lines.iter().any(|(_, content)| key_of(content).is_some()) {
        Fault::new(
            number,
            "this stands before the first section",
            "begin a section above it with `-- +upgrade` or `-- +downgrade`; the header is made of `--` comments",
        )
    } else {
        Fault::new(
            number,
            "the file has no header",
            "begin it with one, or import it if another tool has made it",
        )
    }
}

/// The fault of a file that has no section for upgrades.
pub(crate) fn no_upgrade() -> Fault {
    Fault::new(1, "the file has no upgrade section", "add `-- +upgrade`; the section may stay empty")
}

fn read(lines: &[(usize, &str)]) -> Result<Header, Fault> {
    let entries = entries(lines)?;
    let find = |key| entries.iter().find(|entry| entry.key == key);
    let Some(revision) = find("revision") else {
        return Err(Fault::new(
            1,
            "the header names no revision",
            "add a line `-- revision: ` and an identifier",
        ));
    };
    let Some(revises) = find("revises") else {
        return Err(Fault::new(
            revision.line,
            "the header does not say what the revision stands on",
            "add `-- revises: ` and the identifier of its parent, or `-- revises: none` for a base",
        ));
    };
    let message = lines.iter().map(|(_, content)| *content).find(|content| !content.is_empty());
    let message = message.filter(|content| key_of(content).is_none()).ok_or_else(|| {
        Fault::new(1, "the header has no message", "say on its first line what the revision does")
    })?;
    Ok(Header {
        message: message.to_owned(),
        revision: identifier::check(revision.value, revision.line)?,
        revises: list(Some(revises))?,
        depends_on: list(find("depends_on"))?,
        branch_labels: list(find("branch_labels"))?,
        replaces: list(find("replaces"))?,
        created: find("created").map(created).transpose()?,
    })
}

/// The `key: value` lines. They stand together, in a paragraph that has nothing else; that way a misspelt key is
/// found, and prose above and below may contain colons.
fn entries<'a>(lines: &[(usize, &'a str)]) -> Result<Vec<Entry<'a>>, Fault> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for paragraph in lines.split(|(_, content)| content.is_empty()) {
        let has_keys = paragraph.iter().any(|(_, content)| key_of(content).is_some());
        for (line, content) in paragraph.iter().filter(|_| has_keys) {
            let Some((key, value)) = key_of(content) else {
                return Err(Fault::new(
                    *line,
                    "this is no line of a header",
                    format!(
                        "write one of {} and a colon, or leave an empty comment line between",
                        KEYS.join(", ")
                    ),
                ));
            };
            if entries.iter().any(|entry| entry.key == key) {
                return Err(Fault::new(
                    *line,
                    format!("the header says `{key}` twice"),
                    "keep one of the lines",
                ));
            }
            entries.push(Entry { key, value, line: *line });
        }
    }
    Ok(entries)
}

fn key_of(content: &str) -> Option<(&'static str, &str)> {
    let (name, value) = content.split_once(':')?;
    let key = KEYS.into_iter().find(|key| *key == name)?;
    Some((key, value.trim()))
}

/// Identifiers between commas; `none` and nothing at all are the empty list.
fn list(entry: Option<&Entry<'_>>) -> Result<Vec<String>, Fault> {
    let Some(entry) = entry.filter(|entry| !matches!(entry.value, "" | "none")) else {
        return Ok(Vec::new());
    };
    let mut names: Vec<String> = Vec::new();
    for name in entry.value.split(',') {
        let name = identifier::check(name.trim(), entry.line)?;
        if names.contains(&name) {
            return Err(Fault::new(entry.line, format!("`{name}` stands here twice"), "name it once"));
        }
        names.push(name);
    }
    Ok(names)
}

fn created(entry: &Entry<'_>) -> Result<UtcTime, Fault> {
    UtcTime::parse(entry.value).ok_or_else(|| {
        Fault::new(
            entry.line,
            format!("`{}` is no time", entry.value),
            "write it in UTC as in 2026-11-20T10:00:00Z",
        )
    })
}
