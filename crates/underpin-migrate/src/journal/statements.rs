//! The SQL of the journal in each dialect.

use crate::{Dialect, Direction};

const TABLE: &str = "underpin_revisions";

const VERSION: &str = concat!("underpin ", env!("CARGO_PKG_VERSION"));

// `{journal}` is the table, with its schema where there is one; the other words in braces are literals.

const POSTGRES_SCHEMA: &str = "
SELECT quote_ident(current_schema())";

const POSTGRES_EXISTS: &str = "
SELECT CAST(tablename AS text)
FROM pg_catalog.pg_tables
WHERE schemaname = current_schema() AND tablename = 'underpin_revisions'";

const POSTGRES_CREATE: &str = "
CREATE TABLE IF NOT EXISTS {journal} (
    revision     text                     NOT NULL,
    checksum     text                     NOT NULL,
    started_at   timestamp with time zone NOT NULL,
    finished_at  timestamp with time zone,
    duration_ms  bigint,
    tool_version text                     NOT NULL,
    applied_by   text,
    CONSTRAINT pk_underpin_revisions PRIMARY KEY (revision)
)";

const SQLITE_EXISTS: &str = "
SELECT name
FROM sqlite_schema
WHERE type = 'table' AND name = 'underpin_revisions'";

const SQLITE_CREATE: &str = "
CREATE TABLE IF NOT EXISTS {journal} (
    revision     TEXT      NOT NULL,
    checksum     TEXT      NOT NULL,
    started_at   TIMESTAMP NOT NULL,
    finished_at  TIMESTAMP,
    duration_ms  INTEGER,
    tool_version TEXT      NOT NULL,
    applied_by   TEXT,
    CONSTRAINT pk_underpin_revisions PRIMARY KEY (revision)
)";

const READ: &str = "
SELECT revision, checksum, CAST(started_at AS text), CAST(finished_at AS text), CAST(duration_ms AS text),
       tool_version, applied_by
FROM {journal}
ORDER BY started_at, revision";

const BEGIN_UPGRADE: &str = "
INSERT INTO {journal} (revision, checksum, started_at, tool_version, applied_by)
VALUES ({revision}, {checksum}, {now}, {version}, {who})";

const FINISH_UPGRADE: &str = "
UPDATE {journal}
SET finished_at = {now}, duration_ms = {duration}
WHERE revision = {revision}";

const BEGIN_DOWNGRADE: &str = "
UPDATE {journal}
SET finished_at = NULL
WHERE revision = {revision}";

const FINISH_DOWNGRADE: &str = "
DELETE FROM {journal}
WHERE revision = {revision}";

/// What the dialects say differently.
struct Words {
    schema: Option<&'static str>,
    exists: &'static str,
    create: &'static str,
    /// The clock, not the time at which the transaction began.
    now: &'static str,
    /// Who is connected.
    who: &'static str,
}

const POSTGRES: Words = Words {
    schema: Some(POSTGRES_SCHEMA),
    exists: POSTGRES_EXISTS,
    create: POSTGRES_CREATE,
    now: "clock_timestamp()",
    who: "session_user",
};

const SQLITE: Words = Words {
    schema: None,
    exists: SQLITE_EXISTS,
    create: SQLITE_CREATE,
    now: "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    who: "NULL",
};

fn words(dialect: Dialect) -> &'static Words {
    match dialect {
        Dialect::Postgres => &POSTGRES,
        Dialect::Sqlite => &SQLITE,
    }
}

/// The SQL that asks whether there is a journal, and where.
pub(crate) struct Place {
    /// The schema in which the journal is or will be, quoted; none where tables have no schema.
    pub(crate) schema: Option<&'static str>,
    /// A row if there is a journal.
    pub(crate) exists: &'static str,
}

impl Place {
    pub(crate) fn of(dialect: Dialect) -> Self {
        let Words { schema, exists, .. } = words(dialect);
        Self { schema: *schema, exists }
    }
}

/// The SQL of one journal.
pub(crate) struct JournalSql {
    words: &'static Words,
    journal: String,
    who: String,
}

impl JournalSql {
    /// The journal in a schema, which is quoted already. It is named with its schema, because a revision may change
    /// the search path.
    pub(crate) fn new(dialect: Dialect, schema: Option<&str>, applied_by: Option<&str>) -> Self {
        let words = words(dialect);
        let journal = schema.map_or_else(|| TABLE.to_owned(), |schema| format!("{schema}.{TABLE}"));
        Self { words, journal, who: applied_by.map_or_else(|| words.who.to_owned(), literal) }
    }

    pub(crate) fn create(&self) -> String {
        self.fill(self.words.create, &[])
    }

    /// The rows of [`Applied`](super::Applied), as text.
    pub(crate) fn read(&self) -> String {
        self.fill(READ, &[])
    }

    /// Says that a revision is being applied or undone.
    pub(crate) fn begin(&self, direction: Direction, revision: &str, checksum: &str) -> String {
        let template = match direction {
            Direction::Upgrade => BEGIN_UPGRADE,
            Direction::Downgrade => BEGIN_DOWNGRADE,
        };
        let values =
            [("revision", literal(revision)), ("checksum", literal(checksum)), ("version", literal(VERSION))];
        self.fill(template, &values)
    }

    /// Says that a revision has been applied or undone.
    pub(crate) fn finish(&self, direction: Direction, revision: &str, milliseconds: u128) -> String {
        let template = match direction {
            Direction::Upgrade => FINISH_UPGRADE,
            Direction::Downgrade => FINISH_DOWNGRADE,
        };
        self.fill(template, &[("revision", literal(revision)), ("duration", milliseconds.to_string())])
    }

    fn fill(&self, template: &str, values: &[(&str, String)]) -> String {
        let mut sql = String::with_capacity(template.len() + 128);
        // Every piece behind the first begins with a name and its closing brace; values are not looked at again.
        for (index, piece) in template.trim_start().split('{').enumerate() {
            match piece.split_once('}').filter(|_| index > 0) {
                Some((name, rest)) => {
                    sql.push_str(self.value(name, values));
                    sql.push_str(rest);
                }
                None => sql.push_str(piece),
            }
        }
        sql
    }

    fn value<'a>(&'a self, name: &str, values: &'a [(&str, String)]) -> &'a str {
        match name {
            "journal" => &self.journal,
            "now" => self.words.now,
            "who" => &self.who,
            _ => values.iter().find(|(known, _)| *known == name).map_or("NULL", |(_, value)| value),
        }
    }
}

/// A string literal. A backslash could escape its end on a server with old settings, so there is none in it.
fn literal(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '\\' => '/',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_not_read_as_a_template() {
        let sql = JournalSql::new(Dialect::Sqlite, None, Some("{journal} o'neil\\x"));
        let begin = sql.begin(Direction::Upgrade, "001", "sha256:0");
        assert!(begin.ends_with(", '{journal} o''neil/x')"), "{begin}");
    }

    #[test]
    fn no_template_is_left_open() {
        for dialect in Dialect::ALL {
            let sql = JournalSql::new(dialect, Some("\"s\""), None);
            let mut texts = vec![sql.create(), sql.read()];
            for direction in [Direction::Upgrade, Direction::Downgrade] {
                texts.push(sql.begin(direction, "001", "sha256:0"));
                texts.push(sql.finish(direction, "001", 7));
            }
            for text in texts {
                assert!(text.contains("\"s\".underpin_revisions") && !text.contains('{'), "{text}");
            }
        }
    }
}
