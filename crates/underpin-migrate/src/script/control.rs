//! Statements that begin or end a transaction, which the runner does itself.

use super::error::Fault;
use super::split::Span;

/// Their first words.
const WORDS: [&str; 6] = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT"];
const BEGIN: [&str; 7] = [
    "BEGIN",
    "BEGIN TRANSACTION",
    "BEGIN WORK",
    "BEGIN DEFERRED",
    "BEGIN IMMEDIATE",
    "BEGIN IMMEDIATE TRANSACTION",
    "START TRANSACTION",
];
const COMMIT: [&str; 6] =
    ["COMMIT", "COMMIT TRANSACTION", "COMMIT WORK", "END", "END TRANSACTION", "END WORK"];

/// The word of a statement that begins or ends a transaction.
fn word<'a>(text: &'a str, statement: &Span) -> Option<&'a str> {
    let text = text.get(statement.start..statement.end)?;
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).filter(|word| WORDS.iter().any(|control| word.eq_ignore_ascii_case(control)))
}

/// Refuses the first statement that begins or ends a transaction.
pub(crate) fn refuse(text: &str, statements: &[Span], hint: &str) -> Result<(), Fault> {
    let found = statements.iter().find_map(|statement| Some((statement.line, word(text, statement)?)));
    found.map_or(Ok(()), |(line, word)| {
        let problem =
            format!("{} would begin or end the transaction that the runner keeps", word.to_uppercase());
        Err(Fault::new(line, problem, hint))
    })
}

/// What stands between a BEGIN and a COMMIT that are the first and the last statement, if they say nothing more.
pub(crate) fn unwrapped<'a>(text: &str, statements: &'a [Span]) -> Option<&'a [Span]> {
    let is_one_of = |statement: &Span, forms: &[&str]| {
        let text = text.get(statement.start..statement.end).unwrap_or_default();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        forms.iter().any(|form| form.eq_ignore_ascii_case(&words))
    };
    match statements {
        [first, inner @ .., last] if is_one_of(first, &BEGIN) && is_one_of(last, &COMMIT) => Some(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dialect;
    use crate::script::split::split_for;

    fn spans(text: &str) -> Vec<Span> {
        split_for(text, 0, 1, Some(Dialect::Postgres)).unwrap().unwrap().statements
    }

    #[test]
    fn what_begins_or_ends_a_transaction_is_refused_with_its_line() {
        for text in ["BEGIN;", "\ncommit", "ROLLBACK TO s", "start transaction", "END;", "begin/* */;"] {
            let fault = refuse(text, &spans(text), "why").unwrap_err();
            assert_eq!((fault.line, fault.hint.as_str()), (1 + text.matches('\n').count(), "why"), "{text}");
        }
        for text in ["SAVEPOINT s; RELEASE s", "begin_now", "SELECT begin", "éBEGIN"] {
            assert_eq!(refuse(text, &spans(text), ""), Ok(()), "{text}");
        }
    }

    #[test]
    fn only_a_plain_begin_and_a_plain_commit_around_everything_are_no_more_than_a_transaction() {
        let inner = |text: &str| unwrapped(text, &spans(text)).map(<[Span]>::len);
        assert_eq!(inner("begin; SELECT 1; SELECT 2; commit;"), Some(2));
        assert_eq!(inner("START  TRANSACTION; SELECT 1; END WORK"), Some(1));
        assert_eq!(inner("BEGIN; COMMIT;"), Some(0));
        for text in [
            "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT;",
            "BEGIN; SELECT 1; ROLLBACK;",
            "BEGIN; SELECT 1; COMMIT AND CHAIN;",
            "SET a = 1; BEGIN; SELECT 1; COMMIT;",
            "BEGIN;",
            "",
        ] {
            assert_eq!(inner(text), None, "{text}");
        }
    }
}
