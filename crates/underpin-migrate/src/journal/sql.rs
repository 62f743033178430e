//! The SQL of the journal in each dialect.

use std::time::Duration;

use super::literal;
use crate::plan::Row;
use crate::{Dialect, Step, StepDirection};

const TABLE: &str = "underpin_revisions";

const VERSION: &str = concat!("underpin ", env!("CARGO_PKG_VERSION"));

/// The columns, in the order in which they are read.
pub(crate) const COLUMNS: [&str; 12] = [
    "revision",
    "checksum",
    "state",
    "statements_done",
    "statements_total",
    "prefix",
    "cursor",
    "started_at",
    "finished_at",
    "duration_ms",
    "tool_version",
    "applied_by",
];

// `{journal}` is the table, with its schema where there is one; the other words in braces are literals.

const POSTGRES_SCHEMA: &str = "
SELECT quote_ident(current_schema())";

const POSTGRES_COLUMNS: &str = "
SELECT CAST(attname AS text)
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass(quote_ident(current_schema()) || '.underpin_revisions')
  AND attnum > 0 AND NOT attisdropped";

const POSTGRES_CREATE: &str = "
CREATE TABLE IF NOT EXISTS {journal} (
    revision         text                     NOT NULL,
    checksum         text                     NOT NULL,
    state            text                     NOT NULL,
    statements_done  integer                  NOT NULL,
    statements_total integer                  NOT NULL,
    prefix           text,
    cursor           text,
    started_at       timestamp with time zone NOT NULL,
    finished_at      timestamp with time zone,
    duration_ms      bigint,
    tool_version     text                     NOT NULL,
    applied_by       text,
    CONSTRAINT pk_underpin_revisions PRIMARY KEY (revision)
)";

const SQLITE_COLUMNS: &str = "
SELECT name
FROM pragma_table_info('underpin_revisions')";

const SQLITE_CREATE: &str = "
CREATE TABLE IF NOT EXISTS {journal} (
    revision         TEXT      NOT NULL,
    checksum         TEXT      NOT NULL,
    state            TEXT      NOT NULL,
    statements_done  INTEGER   NOT NULL,
    statements_total INTEGER   NOT NULL,
    prefix           TEXT,
    cursor           TEXT,
    started_at       TIMESTAMP NOT NULL,
    finished_at      TIMESTAMP,
    duration_ms      INTEGER,
    tool_version     TEXT      NOT NULL,
    applied_by       TEXT,
    CONSTRAINT pk_underpin_revisions PRIMARY KEY (revision)
)";

const READ: &str = "
SELECT revision, checksum, state, CAST(statements_done AS text), CAST(statements_total AS text), prefix, cursor,
       CAST(started_at AS text), CAST(finished_at AS text), CAST(duration_ms AS text), tool_version, applied_by
FROM {journal} AS journal
ORDER BY journal.started_at, journal.revision";

const INSERT: &str = "
INSERT INTO {journal} (revision, checksum, state, statements_done, statements_total, started_at, finished_at,
                       duration_ms, tool_version, applied_by)
VALUES ({revision}, {checksum}, {state}, {done}, {total}, {started}, {finished}, {duration}, {version}, {who})";

const STAMP: &str = "
INSERT INTO {journal} (revision, checksum, state, statements_done, statements_total, started_at, finished_at,
                       tool_version, applied_by)
VALUES ({revision}, {checksum}, 'stamped', 0, 0, {now}, {now}, {version}, {who})
ON CONFLICT (revision) DO UPDATE
SET checksum = excluded.checksum, state = 'stamped', prefix = NULL, cursor = NULL,
    finished_at = excluded.finished_at, tool_version = excluded.tool_version, applied_by = excluded.applied_by";

const BEGIN_DOWN: &str = "
UPDATE {journal}
SET state = 'downgrading', statements_done = 0, statements_total = {total}, prefix = NULL, cursor = NULL,
    finished_at = NULL
WHERE revision = {revision}";

const PROGRESS: &str = "
UPDATE {journal}
SET statements_done = {done}, statements_total = {total}, prefix = {prefix}, cursor = NULL
WHERE revision = {revision}";

const CURSOR: &str = "
UPDATE {journal}
SET cursor = {cursor}
WHERE revision = {revision}";

const FINISH_UP: &str = "
UPDATE {journal}
SET checksum = {checksum}, state = 'applied', statements_done = {total}, statements_total = {total}, prefix = NULL,
    cursor = NULL, finished_at = {now}, duration_ms = {duration}
WHERE revision = {revision}";

const REMOVE: &str = "
DELETE FROM {journal}
WHERE revision = {revision}";

const PURGE: &str = "
DELETE FROM {journal}";

const REPAIR: &str = "
UPDATE {journal}
SET checksum = {checksum}, prefix = {prefix}
WHERE revision = {revision}";

/// What the dialects say differently.
struct Words {
    schema: Option<&'static str>,
    columns: &'static str,
    create: &'static str,
    /// The clock, not the time at which the transaction began.
    now: &'static str,
    /// The clock, this many seconds ago.
    ago: fn(&str) -> String,
    /// Who is connected.
    who: &'static str,
}

const POSTGRES: Words = Words {
    schema: Some(POSTGRES_SCHEMA),
    columns: POSTGRES_COLUMNS,
    create: POSTGRES_CREATE,
    now: "clock_timestamp()",
    ago: |seconds| format!("clock_timestamp() - interval '{seconds} seconds'"),
    who: "session_user",
};

const SQLITE: Words = Words {
    schema: None,
    columns: SQLITE_COLUMNS,
    create: SQLITE_CREATE,
    now: "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    ago: |seconds| format!("strftime('%Y-%m-%d %H:%M:%f', 'now', '-{seconds} seconds')"),
    who: "NULL",
};

fn words(dialect: Dialect) -> &'static Words {
    match dialect {
        Dialect::Postgres => &POSTGRES,
        Dialect::Sqlite => &SQLITE,
    }
}

/// The SQL that asks where the journal is, and what it looks like.
pub(crate) struct Place {
    /// The schema in which the journal is or will be, quoted; none where tables have no schema.
    pub(crate) schema: Option<&'static str>,
    /// A row for each column; none if there is no journal.
    pub(crate) columns: &'static str,
}

impl Place {
    pub(crate) fn of(dialect: Dialect) -> Self {
        let Words { schema, columns, .. } = words(dialect);
        Self { schema: *schema, columns }
    }
}

/// The SQL of one journal.
pub(crate) struct JournalSql {
    dialect: Dialect,
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
        let who = applied_by.map_or_else(|| words.who.to_owned(), |who| literal(dialect, who));
        Self { dialect, words, journal, who }
    }

    /// The name of the table.
    pub(crate) fn table(&self) -> &str {
        &self.journal
    }

    /// The name of the table where the search path finds it.
    pub(crate) fn unqualified(&self) -> &'static str {
        TABLE
    }

    pub(crate) fn create(&self) -> String {
        self.fill(self.words.create, &[])
    }

    /// The rows of [`Applied`](super::Applied), as text.
    pub(crate) fn read(&self) -> String {
        self.fill(READ, &[])
    }

    /// Says that a revision is being applied or undone.
    pub(crate) fn begin(&self, step: &Step) -> String {
        match step.direction() {
            StepDirection::Down => self.fill_step(BEGIN_DOWN, step, &[]),
            _ => self.fill_step(
                INSERT,
                step,
                &[
                    ("state", "'upgrading'".to_owned()),
                    ("done", "0".to_owned()),
                    ("started", self.words.now.to_owned()),
                ],
            ),
        }
    }

    /// Says that so many of a revision's statements are done.
    pub(crate) fn progress(&self, step: &Step, done: usize, prefix: &str) -> String {
        let values = [("done", done.to_string()), ("prefix", self.literal(prefix))];
        self.fill_step(PROGRESS, step, &values)
    }

    /// Says how far the next part of a revision is.
    pub(crate) fn cursor(&self, step: &Step, cursor: &str) -> String {
        self.fill_step(CURSOR, step, &[("cursor", self.literal(cursor))])
    }

    /// Says that a revision has been applied or undone, which was begun in an earlier transaction.
    pub(crate) fn finish(&self, step: &Step, took: Option<Duration>) -> String {
        match step.direction() {
            StepDirection::Down => self.remove(step.revision()),
            _ => self.fill_step(FINISH_UP, step, &[("duration", milliseconds(took))]),
        }
    }

    /// Says in one go that a revision has been applied or undone.
    pub(crate) fn whole(&self, step: &Step, took: Option<Duration>) -> String {
        if step.direction() == StepDirection::Down {
            return self.remove(step.revision());
        }
        let started = match took {
            Some(took) => (self.words.ago)(&format!("{:.3}", took.as_secs_f64())),
            None => self.words.now.to_owned(),
        };
        let values = [
            ("state", "'applied'".to_owned()),
            ("done", step.total().to_string()),
            ("started", started),
            ("finished", self.words.now.to_owned()),
            ("duration", milliseconds(took)),
        ];
        self.fill_step(INSERT, step, &values)
    }

    /// Says that a revision counts as applied.
    pub(crate) fn stamp(&self, row: &Row) -> String {
        let values = [
            ("revision", self.literal(&row.revision)),
            ("checksum", self.literal(&row.checksum)),
            ("version", self.literal(VERSION)),
        ];
        self.fill(STAMP, &values)
    }

    /// Says that a revision does not count as applied.
    pub(crate) fn remove(&self, revision: &str) -> String {
        self.fill(REMOVE, &[("revision", self.literal(revision))])
    }

    /// Says that nothing counts as applied.
    pub(crate) fn purge(&self) -> String {
        self.fill(PURGE, &[])
    }

    /// Takes the file as it is now for what was applied.
    pub(crate) fn repair(&self, revision: &str, checksum: &str, prefix: Option<&str>) -> String {
        let prefix = prefix.map_or_else(|| "NULL".to_owned(), |prefix| self.literal(prefix));
        let values =
            [("revision", self.literal(revision)), ("checksum", self.literal(checksum)), ("prefix", prefix)];
        self.fill(REPAIR, &values)
    }

    fn literal(&self, text: &str) -> String {
        literal(self.dialect, text)
    }

    fn fill_step(&self, template: &str, step: &Step, values: &[(&str, String)]) -> String {
        let mut all = vec![
            ("revision", self.literal(step.revision())),
            ("checksum", self.literal(step.checksum())),
            ("total", step.total().to_string()),
            ("version", self.literal(VERSION)),
        ];
        all.extend_from_slice(values);
        self.fill(template, &all)
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

fn milliseconds(took: Option<Duration>) -> String {
    took.map_or_else(|| "NULL".to_owned(), |took| took.as_millis().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step() -> Step {
        let text = "-- Do it\n--\n-- revision: 001\n-- revises: none\n\n-- +upgrade\nSELECT 1;\n";
        let graph = crate::Graph::new(crate::Revisions::embedded(&[("a.sql", text)]).unwrap()).unwrap();
        let moves = graph.upgrade(&std::collections::BTreeSet::new(), &"head".parse().unwrap()).unwrap();
        crate::Plan::new(&moves, Dialect::Sqlite).unwrap().steps()[0].clone()
    }

    #[test]
    fn a_value_is_not_read_as_a_template() {
        let sql = JournalSql::new(Dialect::Sqlite, None, Some("{journal} o'neil\\x"));
        let begin = sql.begin(&step());
        assert!(begin.ends_with(", '{journal} o''neil\\x')"), "{begin}");
    }

    #[test]
    fn no_template_is_left_open() {
        for dialect in Dialect::ALL {
            let sql = JournalSql::new(dialect, Some("\"s\""), None);
            let step = step();
            let row = Row { revision: "001".to_owned(), checksum: "sha256:0".to_owned() };
            let took = Some(Duration::from_millis(1500));
            let texts = [
                sql.create(),
                sql.read(),
                sql.begin(&step),
                sql.progress(&step, 1, "00000000"),
                sql.cursor(&step, "7"),
                sql.finish(&step, took),
                sql.whole(&step, took),
                sql.stamp(&row),
                sql.remove("001"),
                sql.purge(),
                sql.repair("001", "sha256:0", None),
            ];
            for text in texts {
                assert!(text.contains("\"s\".underpin_revisions") && !text.contains('{'), "{text}");
            }
        }
    }
}
