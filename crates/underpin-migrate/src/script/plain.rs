//! Plain SQL, which has neither header nor sections.

use super::control;
use super::error::{Fault, ScriptError};
use super::lexer::{Kind, Lexer};
use super::split::{self, Span};
use super::statement::Statement;
use super::text;
use crate::Dialect;
use crate::script::grammar::Grammar;

/// Splits plain SQL, which has neither header nor sections, into its statements.
///
/// # Errors
/// A quote, a comment, a parenthesis or a body that is not closed; transaction control; a section marker.
pub fn statements(file: &str, sql: &str, dialect: Dialect) -> Result<Vec<Statement>, ScriptError> {
    let text = text::normalised(sql);
    let split = || {
        let statements = spans(&text, Some(dialect))?;
        control::refuse(&text, &statements, "leave it out")?;
        Ok(statements)
    };
    let statements = split().map_err(|fault: Fault| fault.of_file(file))?;
    Ok(statements.into_iter().map(|span| Statement::of_span(&text, span)).collect())
}

/// The text of a section that does what the SQL of another tool does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlainSection {
    pub(crate) text: String,
    /// A BEGIN and a COMMIT around all of it were taken out.
    pub(crate) was_wrapped: bool,
}

impl PlainSection {
    /// Reads the bytes of a file for one dialect, or for every one. A BEGIN and a COMMIT around everything are taken
    /// out; comments stay.
    pub(crate) fn parse(file: &str, bytes: &[u8], dialect: Option<Dialect>) -> Result<Self, ScriptError> {
        let text = text::normalised(text::decode(file, bytes)?);
        Self::of_text(text, dialect).map_err(|fault| fault.of_file(file))
    }

    fn of_text(mut text: String, dialect: Option<Dialect>) -> Result<Self, Fault> {
        text::refuse_nul(&text)?;
        let statements = spans(&text, dialect)?;
        let inner = control::unwrapped(&text, &statements);
        let hint = "take it out, and split the file where its transactions end; only a BEGIN and a COMMIT around \
            everything are taken out by themselves";
        control::refuse(&text, inner.unwrap_or(&statements), hint)?;
        let was_wrapped = inner.is_some();
        if let (true, [first, .., last]) = (was_wrapped, statements.as_slice()) {
            // The later one first, so that the place of the other stays.
            for statement in [last, first] {
                let end = behind_semicolon(&text, statement.end);
                text.replace_range(statement.start..end, "");
            }
        }
        Ok(Self { text: text.trim().to_owned(), was_wrapped })
    }
}

/// The place behind the semicolon of a statement; only comments stand between.
fn behind_semicolon(text: &str, end: usize) -> usize {
    let mut tokens = Lexer::new(text, end, Grammar::of(Dialect::Postgres));
    tokens.find(|token| token.kind == Kind::Semicolon).map_or(end, |token| token.start + 1)
}

fn spans(text: &str, dialect: Option<Dialect>) -> Result<Vec<Span>, Fault> {
    let Some(split) = split::split_for(text, 0, 1, dialect)? else {
        return Err(Fault::new(
            1,
            "PostgreSQL and SQLite quote or comment differently what stands in this file",
            "say for which of them it is",
        ));
    };
    if split.end < text.len() {
        return Err(Fault::new(
            split.end_line,
            "this comment would begin a section of a revision",
            "take out its plus sign; if it divides the file, divide it into a file for each part",
        ));
    }
    Ok(split.statements)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(sql: &str, dialect: Option<Dialect>) -> Result<PlainSection, String> {
        PlainSection::parse("up.sql", sql.as_bytes(), dialect).map_err(|error| error.to_string())
    }

    #[test]
    fn a_transaction_around_everything_is_taken_out() {
        let section =
            parse("-- why\r\nBEGIN /* ; */;\r\nSELECT 1; -- one\r\nCOMMIT -- ;\r\n;\r\n-- end", None);
        let expected =
            PlainSection { text: "-- why\n\nSELECT 1; -- one\n\n-- end".to_owned(), was_wrapped: true };
        assert_eq!(section, Ok(expected));
        assert!(!parse("SELECT 1", None).unwrap().was_wrapped);
    }

    #[test]
    fn what_cannot_be_a_section_is_refused_with_the_line() {
        let cases = [
            ("SELECT 1;\nBEGIN;\nSELECT 2;\nCOMMIT;", None, "up.sql:2: BEGIN would begin or end"),
            ("BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nCOMMIT;", None, "up.sql:3: COMMIT would begin or end"),
            ("SELECT 1;\n-- +goose Down\nSELECT 2;", None, "up.sql:2: this comment would begin a section"),
            ("SELECT $$;$$;", None, "up.sql:1: PostgreSQL and SQLite quote or comment differently"),
            ("\nSELECT 'a;", Some(Dialect::Sqlite), "up.sql:2: a string is opened here and never closed"),
            ("SELECT 1;\n\0", None, "up.sql:2: the file contains a NUL character"),
        ];
        for (sql, dialect, expected) in cases {
            let refusal = parse(sql, dialect).unwrap_err();
            assert!(refusal.starts_with(expected), "{refusal}\nexpected {expected}");
        }
        assert!(parse("SELECT $$;$$;", Some(Dialect::Postgres)).is_ok());
    }

    #[test]
    fn plain_sql_is_split() {
        let texts: Vec<_> = statements("a.sql", "SELECT 1; SELECT 2", Dialect::Sqlite).unwrap();
        assert_eq!(texts.iter().map(Statement::text).collect::<Vec<_>>(), ["SELECT 1", "SELECT 2"]);
        assert_eq!(statements("a.sql", "SELECT 1;\nCOMMIT;", Dialect::Sqlite).unwrap_err().line(), 2);
    }
}
