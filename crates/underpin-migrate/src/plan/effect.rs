//! What a statement asks for beyond being run: a short wait for locks, a place outside of any transaction, a look at
//! what an earlier attempt left behind.

use super::words::Words;
use crate::{Dialect, Statement};

/// Statements that take no lock which stops readers or writers of other rows, by their first word.
const WEAK: [&str; 16] = [
    "ANALYZE", "CALL", "COPY", "DELETE", "EXPLAIN", "INSERT", "MERGE", "NOTIFY", "RESET", "SELECT", "SET",
    "SHOW", "UPDATE", "VACUUM", "VALUES", "WITH",
];

/// Statements that PostgreSQL refuses inside a transaction, by their first words; a procedure may commit, so that it
/// must be free to.
const POSTGRES_ALONE: [&[&str]; 14] = [
    &["VACUUM"],
    &["CLUSTER"],
    &["REINDEX"],
    &["CALL"],
    &["ALTER", "SYSTEM"],
    &["ALTER", "DATABASE"],
    &["CREATE", "DATABASE"],
    &["DROP", "DATABASE"],
    &["CREATE", "TABLESPACE"],
    &["DROP", "TABLESPACE"],
    &["CREATE", "SUBSCRIPTION"],
    &["ALTER", "SUBSCRIPTION"],
    &["DROP", "SUBSCRIPTION"],
    &["DISCARD", "ALL"],
];

/// Statements that SQLite refuses, or passes over, inside a transaction, by their first word.
const SQLITE_ALONE: [&[&str]; 4] = [&["PRAGMA"], &["VACUUM"], &["ATTACH"], &["DETACH"]];

/// What a statement asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Effect {
    alone: bool,
    weak: bool,
    settings: bool,
    own_wait: bool,
    leftover: Option<Leftover>,
}

/// What can be left of a statement that did not come to its end, or whose end nobody saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// An index that is built concurrently; without a name it cannot be found again.
    Index { index: Option<String>, table: String },
    /// An index that is dropped concurrently.
    Dropped { index: String },
    /// Copies of one index that is rebuilt concurrently.
    Copies { index: String },
    /// Copies of the indexes of a table that are rebuilt concurrently.
    CopiesOf { table: String },
    /// A partition that is detached concurrently.
    Partition { parent: String, partition: String },
}

impl Effect {
    pub(crate) fn of(statement: &Statement, dialect: Dialect) -> Self {
        Self::of_text(statement.text(), dialect)
    }

    pub(crate) fn of_text(text: &str, dialect: Dialect) -> Self {
        let words = || Words::of(text, dialect);
        let leftover = match dialect {
            Dialect::Postgres => leftover(words()),
            Dialect::Sqlite => None,
        };
        let alone: &[&[&str]] = match dialect {
            Dialect::Postgres => &POSTGRES_ALONE,
            Dialect::Sqlite => &SQLITE_ALONE,
        };
        let commits = words().take(&["DO"]) && (words().quotes("COMMIT") || words().quotes("ROLLBACK"));
        Self {
            alone: leftover.is_some() || commits || alone.iter().any(|start| words().take(start)),
            weak: leftover.is_some() || is_weak(words()),
            settings: ["SET", "RESET", "DISCARD"].iter().any(|word| words().take(&[word]))
                || words().has("set_config"),
            own_wait: words().has("lock_timeout") || words().quotes("LOCK_TIMEOUT"),
            leftover,
        }
    }

    /// The database refuses it inside a transaction.
    pub(crate) fn stands_alone(&self) -> bool {
        self.alone
    }

    /// It stops nobody while it waits for a lock, so that it may wait.
    pub(crate) fn may_wait(&self) -> bool {
        self.weak
    }

    /// It changes settings of the session.
    pub(crate) fn changes_settings(&self) -> bool {
        self.settings
    }

    /// It says itself how long to wait for locks.
    pub(crate) fn sets_wait(&self) -> bool {
        self.own_wait
    }

    pub(crate) fn leftover(&self) -> Option<&Leftover> {
        self.leftover.as_ref()
    }
}

fn is_weak(mut words: Words<'_>) -> bool {
    let first = words.peek().unwrap_or_default().to_ascii_uppercase();
    if WEAK.contains(&first.as_str()) || words.has("CONCURRENTLY") {
        return true;
    }
    if words.take(&["ALTER", "TABLE"]) {
        let _ = words.take(&["IF", "EXISTS"]);
        let _ = words.take(&["ONLY"]);
        return words.name().is_some() && words.take(&["VALIDATE", "CONSTRAINT"]) && !words.has_comma();
    }
    false
}

fn leftover(mut words: Words<'_>) -> Option<Leftover> {
    if words.take(&["CREATE", "UNIQUE", "INDEX", "CONCURRENTLY"])
        || words.take(&["CREATE", "INDEX", "CONCURRENTLY"])
    {
        let _ = words.take(&["IF", "NOT", "EXISTS"]);
        let index = if words.take(&["ON"]) { None } else { Some(words.name()?) };
        if index.is_some() && !words.take(&["ON"]) {
            return None;
        }
        let _ = words.take(&["ONLY"]);
        return Some(Leftover::Index { index, table: words.name()? });
    }
    if words.take(&["DROP", "INDEX", "CONCURRENTLY"]) {
        let _ = words.take(&["IF", "EXISTS"]);
        return Some(Leftover::Dropped { index: words.name()? });
    }
    if words.take(&["REINDEX"]) {
        let options = words.take_parentheses();
        let by_option = options.iter().any(|word| word.eq_ignore_ascii_case("CONCURRENTLY"));
        let is_table = words.take(&["TABLE"]);
        if !(is_table || words.take(&["INDEX"])) || !(words.take(&["CONCURRENTLY"]) || by_option) {
            return None;
        }
        let name = words.name()?;
        return Some(if is_table {
            Leftover::CopiesOf { table: name }
        } else {
            Leftover::Copies { index: name }
        });
    }
    if words.take(&["ALTER", "TABLE"]) {
        let _ = words.take(&["IF", "EXISTS"]);
        let parent = words.name()?;
        if !words.take(&["DETACH", "PARTITION"]) {
            return None;
        }
        let partition = words.name()?;
        return words.take(&["CONCURRENTLY"]).then_some(Leftover::Partition { parent, partition });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(text: &str, dialect: Dialect) -> Effect {
        let statements = crate::statements("a.sql", text, dialect).unwrap();
        Effect::of(&statements[0], dialect)
    }

    fn postgres(text: &str) -> Effect {
        effect(text, Dialect::Postgres)
    }

    #[test]
    fn what_may_wait_stops_nobody() {
        for text in [
            "CREATE INDEX CONCURRENTLY ix ON t (a)",
            "/* why */ vacuum t",
            "ALTER TABLE ONLY app.t VALIDATE CONSTRAINT c",
            "UPDATE t SET a = 1",
            "WITH a AS (SELECT 1) DELETE FROM t",
        ] {
            assert!(postgres(text).may_wait(), "{text}");
        }
        for text in [
            "CREATE INDEX ix ON t (a)",
            "ALTER TABLE t ADD a int",
            "ALTER TABLE t VALIDATE CONSTRAINT c, ADD a int",
            "TRUNCATE t",
            "LOCK t",
            "DROP INDEX ix",
            "DO $$ BEGIN UPDATE t SET a = 1; END $$",
        ] {
            assert!(!postgres(text).may_wait(), "{text}");
        }
    }

    #[test]
    fn what_a_transaction_refuses_stands_alone() {
        for text in [
            "create unique index concurrently ix on t (a)",
            "DROP INDEX CONCURRENTLY ix",
            "REINDEX (VERBOSE, CONCURRENTLY) TABLE t",
            "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
            "VACUUM FULL t",
            "CALL p()",
            "DO $$ BEGIN commit; END $$",
        ] {
            assert!(postgres(text).stands_alone(), "{text}");
        }
        for text in [
            "UPDATE t SET a = 1",
            "ALTER TYPE mood ADD VALUE 'sad'",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
            "DO $$ BEGIN END $$",
        ] {
            assert!(!postgres(text).stands_alone(), "{text}");
        }
        assert!(effect("PRAGMA foreign_keys = OFF", Dialect::Sqlite).stands_alone());
        assert!(!effect("CREATE INDEX ix ON t (a)", Dialect::Sqlite).stands_alone());
    }

    #[test]
    fn leftovers_are_looked_for_by_name() {
        let owned = |text: &str| text.to_owned();
        let cases = [
            (
                "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"My ix\" ON ONLY app . t (a)",
                Leftover::Index { index: Some(owned("\"My ix\"")), table: owned("app.t") },
            ),
            ("CREATE INDEX CONCURRENTLY ON t (a)", Leftover::Index { index: None, table: owned("t") }),
            ("DROP INDEX CONCURRENTLY IF EXISTS app.ix", Leftover::Dropped { index: owned("app.ix") }),
            ("REINDEX INDEX CONCURRENTLY ix", Leftover::Copies { index: owned("ix") }),
            ("REINDEX (CONCURRENTLY) TABLE t", Leftover::CopiesOf { table: owned("t") }),
            (
                "ALTER TABLE p DETACH PARTITION c CONCURRENTLY",
                Leftover::Partition { parent: owned("p"), partition: owned("c") },
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(postgres(text).leftover(), Some(&expected), "{text}");
        }
        for text in
            ["CREATE INDEX ix ON t (a)", "REINDEX TABLE t", "ALTER TABLE p DETACH PARTITION c FINALIZE"]
        {
            assert_eq!(postgres(text).leftover(), None, "{text}");
        }
    }
}
