//! The markers between the sections of a revision file: `-- +upgrade postgres no-transaction`.

use super::batch::Keys;
use super::error::Fault;
use super::lexer::Token;
use super::section::Direction;
use crate::Dialect;

const HINT: &str = "write `-- +upgrade` or `-- +downgrade`, then if needed `postgres` or `sqlite`, then if needed \
    `no-transaction`, then if needed `batch TABLE.KEY` or `call NAME`";

/// What a marker says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marker<'a> {
    pub(crate) direction: Direction,
    pub(crate) dialect: Option<Dialect>,
    pub(crate) transaction: bool,
    pub(crate) work: Work<'a>,
}

/// What a section does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Work<'a> {
    Statements,
    Batch(Keys<'a>),
    Call(&'a str),
}

/// What a line comment is.
pub(crate) enum Comment {
    Plain,
    /// It begins a section, or tries to.
    Marker,
    /// It would begin a section if it stood at the beginning of its line.
    Misplaced,
}

pub(crate) fn comment(text: &str, token: Token<'_>) -> Comment {
    let at_line_start =
        text.get(..token.start).is_none_or(|before| before.is_empty() || before.ends_with('\n'));
    match words(token.text).next() {
        Some(_) if at_line_start => Comment::Marker,
        Some("upgrade" | "downgrade") => Comment::Misplaced,
        _ => Comment::Plain,
    }
}

/// The words behind the plus sign; none if the line is no marker.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let content = line.strip_prefix("--").map_or("", str::trim_start);
    let words =
        content.strip_prefix('+').filter(|rest| rest.starts_with(|first: char| first.is_alphabetic()));
    words.unwrap_or_default().split_whitespace()
}

/// The line is a marker, well formed or not.
pub(crate) fn is_marker(line: &str) -> bool {
    words(line).next().is_some()
}

/// Reads the marker on line `number`.
pub(crate) fn parse(line: &str, number: usize) -> Result<Marker<'_>, Fault> {
    let unknown =
        |word: &str| Fault::new(number, format!("a section marker does not know `{word}` here"), HINT);
    let mut words = words(line).peekable();
    let direction = match words.next() {
        Some("upgrade") => Direction::Upgrade,
        Some("downgrade") => Direction::Downgrade,
        other => return Err(unknown(other.unwrap_or_default())),
    };
    let dialect = words.peek().and_then(|word| Dialect::named(word));
    if dialect.is_some() {
        words.next();
    }
    let transaction = words.next_if_eq(&"no-transaction").is_none();
    let work = match words.next() {
        None => Work::Statements,
        Some("batch") if transaction => Work::Batch(Keys::parse(words, number)?),
        Some("batch") => {
            return Err(Fault::new(
                number,
                "a batch section says no-transaction",
                "leave that out; each of its batches is a transaction of its own",
            ));
        }
        Some("call") => Work::Call(called(words, number)?),
        Some(word) => return Err(unknown(word)),
    };
    Ok(Marker { direction, dialect, transaction, work })
}

/// The one name behind `call`.
fn called<'a>(mut words: impl Iterator<Item = &'a str>, number: usize) -> Result<&'a str, Fault> {
    let fault = |problem: String, hint: &str| Err(Fault::new(number, problem, hint));
    let hint = "write `call` and the name under which the program registers it";
    let Some(name) = words.next() else {
        return fault("a section that calls a function does not name it".to_owned(), hint);
    };
    if let Some(bad) = name.chars().find(|c| !c.is_alphanumeric() && !['_', '-', '.', ':'].contains(c)) {
        let hint = "name it with letters, digits, and `_`, `-`, `.` or `:` between them";
        return fault(format!("the name of the function `{name}` contains {bad:?}"), hint);
    }
    match words.next() {
        None => Ok(name),
        Some("no-transaction") => {
            fault("`no-transaction` stands behind `call`".to_owned(), "write it before `call`")
        }
        Some(more) => {
            let hint = "a section calls one function; write another section for the next one";
            fault(format!("`{more}` stands behind the function `{name}`"), hint)
        }
    }
}

/// The fault of a marker that is not at the beginning of its line.
pub(crate) fn misplaced(line: usize) -> Fault {
    Fault::new(
        line,
        "a section marker stands behind other text",
        "put it at the beginning of a line of its own",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(marker: &str) -> Work<'_> {
        parse(marker, 1).unwrap().work
    }

    #[test]
    fn words_stand_in_one_order() {
        let marker = parse("-- +downgrade sqlite no-transaction\n", 3).unwrap();
        let expected = Marker {
            direction: Direction::Downgrade,
            dialect: Some(Dialect::Sqlite),
            transaction: false,
            work: Work::Statements,
        };
        assert_eq!(marker, expected);
        for wrong in ["no-transaction sqlite", "sqlite sqlite", "no-transaction no-transaction", "Sqlite"] {
            let fault = parse(&format!("-- +upgrade {wrong}"), 3).map(|_| wrong).unwrap_err();
            assert!(fault.line == 3 && fault.problem.contains("does not know"), "{wrong}: {fault:?}");
        }
    }

    #[test]
    fn a_call_has_one_name() {
        assert_eq!(work("-- +upgrade call fill_phones"), Work::Call("fill_phones"));
        assert_eq!(
            work("-- +upgrade postgres no-transaction call users::fill-2.b"),
            Work::Call("users::fill-2.b")
        );
        let cases = [
            ("call", "a section that calls a function does not name it"),
            ("call a b", "`b` stands behind the function `a`"),
            ("call a;", "the name of the function `a;` contains ';'"),
            ("call a()", "the name of the function `a()` contains '('"),
            ("call a no-transaction", "`no-transaction` stands behind `call`"),
            ("call a batch t.id", "`batch` stands behind the function `a`"),
        ];
        for (words, problem) in cases {
            assert_eq!(parse(&format!("-- +upgrade {words}"), 1).unwrap_err().problem, problem);
        }
    }

    #[test]
    fn a_call_has_no_statements() {
        let text = "-- Do it\n\n-- revision: a1\n-- revises: none\n\n-- +upgrade call a\n-- why\n";
        let revision = crate::Revision::parse("a.sql", text).unwrap();
        let [section] = revision.sections() else { panic!("{revision:?}") };
        assert!(!section.is_empty() && section.statements().is_empty() && section.is_transactional());
        assert!(revision.is_irreversible(Dialect::Sqlite));
        let error = crate::Revision::parse("a.sql", &format!("{text}SELECT 1;")).unwrap_err();
        assert_eq!((error.line(), error.problem()), (8, "a statement stands in the section that calls `a`"));
    }
}
