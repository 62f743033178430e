//! What the shells of the databases want written differently.

use std::fmt::Write as _;

use crate::Dialect;
use crate::journal::literal;

/// How a script is written for one shell.
pub(super) struct Shell {
    pub(super) dialect: Dialect,
    /// The program that runs the script.
    pub(super) name: &'static str,
    /// Stops at the first error, and keeps what is needed later.
    pub(super) head: &'static str,
    /// The schema of the journal.
    pub(super) schema: Option<&'static str>,
    pub(super) begin: &'static str,
    /// Takes the lock of the migrations.
    pub(super) lock: &'static str,
    /// Brings back what a revision may have changed.
    pub(super) restore: &'static str,
    pub(super) foot: &'static str,
    /// Ends the script with a message, if the condition holds.
    pub(super) stop_if: fn(&str, &str) -> String,
}

const POSTGRES: Shell = Shell {
    dialect: Dialect::Postgres,
    name: "psql",
    head: r"\set ON_ERROR_STOP on
SELECT quote_ident(current_schema()) AS underpin_schema, current_setting('search_path') AS underpin_path \gset
",
    schema: Some(":underpin_schema"),
    begin: "BEGIN",
    lock: "
DO $underpin$
BEGIN
    IF NOT pg_try_advisory_lock(1970170992, hashtext(coalesce(current_schema(), ''))) THEN
        RAISE EXCEPTION 'another runner is migrating this database';
    END IF;
END
$underpin$;
",
    restore: "SELECT set_config('search_path', :'underpin_path', false);\n",
    foot: "SELECT pg_advisory_unlock(1970170992, hashtext(coalesce(current_schema(), '')));\n",
    stop_if: stop_psql,
};

const SQLITE: Shell = Shell {
    dialect: Dialect::Sqlite,
    name: "sqlite3",
    head: ".bail on\n.timeout 60000\nPRAGMA foreign_keys = ON;\n",
    schema: None,
    begin: "BEGIN IMMEDIATE",
    lock: "",
    restore: "",
    foot: "",
    stop_if: stop_sqlite,
};

pub(super) fn shell(dialect: Dialect) -> &'static Shell {
    match dialect {
        Dialect::Postgres => &POSTGRES,
        Dialect::Sqlite => &SQLITE,
    }
}

fn stop_psql(condition: &str, message: &str) -> String {
    let message = literal(Dialect::Postgres, message);
    let mut sql = String::from("DO $underpin$\nBEGIN\n");
    // Writing to a string does not fail.
    let _ = write!(
        sql,
        "    IF {condition} THEN\n        RAISE EXCEPTION '%', {message};\n    END IF;\nEND\n$underpin$;\n"
    );
    sql
}

/// SQLite raises errors of one's own in triggers only; the name of a constraint that is broken is shown, too.
fn stop_sqlite(condition: &str, message: &str) -> String {
    let message = message.replace('"', "\"\"");
    format!(
        "CREATE TEMP TABLE underpin_check (stops INTEGER, CONSTRAINT \"{message}\" CHECK (NOT stops));\n\
         INSERT INTO underpin_check (stops)\nSELECT {condition};\nDROP TABLE temp.underpin_check;\n"
    )
}
