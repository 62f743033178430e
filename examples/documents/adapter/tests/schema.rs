//! The revisions build exactly the tables that the rows define: the catalogs of both are compared.

#![allow(clippy::expect_used, reason = "what fails here fails the test")]

mod scratch;

use documents_adapter::{Db, history};
use scratch::Scratch;
use underpin::Database;
use underpin::driver::Access;
use underpin::migrate::{ConnectionTarget, Destination, Runner};
use underpin::prelude::*;

const SQLITE_COLUMNS: &str = "
SELECT t.name, c.name, upper(c.type), c.\"notnull\", coalesce(lower(c.dflt_value), '-'), c.pk, c.hidden
FROM sqlite_schema t, pragma_table_xinfo(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'underpin%'
ORDER BY t.name, c.cid";

const SQLITE_INDEXES: &str = "
SELECT t.name, CASE WHEN i.origin = 'c' THEN i.name ELSE i.origin END, i.\"unique\", i.partial,
       coalesce(c.name, '-'), c.\"desc\", c.coll, c.key
FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_xinfo(i.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'underpin%'
ORDER BY t.name, i.origin, 2, c.seqno";

const SQLITE_FOREIGN_KEYS: &str = "
SELECT t.name, f.\"table\", f.\"from\", coalesce(f.\"to\", '-'), f.on_update, f.on_delete
FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
WHERE t.type = 'table'
ORDER BY t.name, f.id, f.seq";

// What no pragma tells: names of constraints, AUTOINCREMENT, and the predicates of indexes.
const SQLITE_TEXTS: &str = "
SELECT name, sql
FROM sqlite_schema
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'underpin%'
ORDER BY name";

const POSTGRES_COLUMNS: &str = "
SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
       a.attidentity::text, a.attgenerated::text, coalesce(pg_get_expr(d.adbin, d.adrelid), '-')
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'underpin%'
ORDER BY c.relname, a.attnum";

const POSTGRES_CONSTRAINTS: &str = "
SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'underpin%'
ORDER BY 1, 2";

const POSTGRES_INDEXES: &str = "
SELECT tablename::text, indexname::text, indexdef
FROM pg_indexes
WHERE schemaname = 'public' AND tablename NOT LIKE 'underpin%'
ORDER BY 1, 2";

async fn connect(scratch: &Scratch) -> Database<Db> {
    Database::connect(scratch.url()).await.expect("a scratch database")
}

async fn by_rows(scratch: &Scratch) -> Database<Db> {
    let database = connect(scratch).await;
    database.create_schema().await.expect("the rows define tables");
    database
}

async fn migrate(database: &Database<Db>, destination: &str) {
    let history = history().expect("well-formed revisions");
    let connection = database.driver().acquire(Access::Write).await.expect("a connection");
    let mut target = ConnectionTarget::new(connection).expect("a database with revisions");
    let destination: Destination = destination.parse().expect("a destination");
    let runner = Runner::new(&history);
    let migrated = if destination == Destination::base() {
        runner.downgrade(&mut target, &destination).await
    } else {
        runner.upgrade(&mut target, &destination).await
    };
    migrated.expect("the revisions run");
}

async fn by_revisions(scratch: &Scratch) -> Database<Db> {
    let database = connect(scratch).await;
    migrate(&database, "head").await;
    database
}

/// The rows of a query as lines.
async fn lines(database: &Database<Db>, query: &str) -> Vec<String> {
    let mut connection = database.driver().acquire(Access::Read).await.expect("a connection");
    let rows = connection.texts(query.trim(), &[]).await.expect(query);
    let text = |cell: Option<String>| cell.unwrap_or_else(|| "NULL".to_owned());
    rows.into_iter().map(|row| row.into_iter().map(text).collect::<Vec<_>>().join(" | ")).collect()
}

/// What a statement says that no pragma tells, whatever its spelling.
fn remarkable(line: &str) -> String {
    let words: Vec<String> =
        line.split(|c: char| c.is_whitespace() || "(),\"".contains(c)).map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    let mut told: Vec<String> =
        words.windows(2).filter(|pair| pair[0] == "constraint").map(|pair| pair[1].to_owned()).collect();
    told.sort();
    told.extend(words.iter().filter(|word| **word == "autoincrement").map(|word| (*word).to_owned()));
    if let Some(at) = words.iter().position(|word| *word == "where") {
        told.push(words[at..].join(" "));
    }
    format!("{}: {}", words[0], told.join(" "))
}

async fn sqlite_catalog(database: &Database<Db>) -> Vec<String> {
    let mut catalog = Vec::new();
    for query in [SQLITE_COLUMNS, SQLITE_INDEXES, SQLITE_FOREIGN_KEYS] {
        catalog.extend(lines(database, query).await);
    }
    catalog.extend(lines(database, SQLITE_TEXTS).await.iter().map(|line| remarkable(line)));
    catalog
}

async fn postgres_catalog(database: &Database<Db>) -> Vec<String> {
    let mut catalog = Vec::new();
    for query in [POSTGRES_COLUMNS, POSTGRES_CONSTRAINTS, POSTGRES_INDEXES] {
        catalog.extend(lines(database, query).await);
    }
    catalog
}

/// Fails with the lines that only one of them has.
fn assert_same(rows: &[String], revisions: &[String]) {
    let only = |of: &[String], other: &[String]| -> Vec<String> {
        of.iter().filter(|line| !other.contains(line)).cloned().collect()
    };
    let (missing, foreign) = (only(rows, revisions), only(revisions, rows));
    assert_eq!((missing, foreign), (Vec::new(), Vec::new()), "(only by the rows, only by the revisions)");
    assert_eq!(rows.len(), revisions.len());
}

fn assert_has(catalog: &[String], parts: &[&str]) {
    for part in parts {
        assert!(
            catalog.iter().any(|line| line.contains(part)),
            "{part} is missing in\n{}",
            catalog.join("\n")
        );
    }
}

/// Names by the convention: a unique hash, a check on the confidence, and an index on every foreign key.
const NAMES: [&str; 8] = [
    "uq_documents_file_hash",
    "ck_borrowers_confidence",
    "fk_source_references_document_id_documents",
    "ix_income_records_borrower_id",
    "ix_account_numbers_borrower_id",
    "ix_source_references_borrower_id",
    "ix_source_references_document_id",
    "ix_documents_status_created_at_id",
];

#[tokio::test]
async fn on_sqlite() {
    let (a, b) = (Scratch::sqlite(), Scratch::sqlite());
    let rows = sqlite_catalog(&by_rows(&a).await).await;
    let revisions = sqlite_catalog(&by_revisions(&b).await).await;
    assert_same(&rows, &revisions);
    assert_has(&revisions, &NAMES);
    assert_has(
        &revisions,
        &[
            "documents | file_hash | VARCHAR(64) | 1",
            "account_numbers | number | BLOB | 1",
            "ck_documents_status",
            "borrowers | confidence | NUMERIC(5, 4) | 1",
        ],
    );
}

#[tokio::test]
async fn on_postgres() {
    let (a, b) = (Scratch::postgres(), Scratch::postgres());
    let rows = postgres_catalog(&by_rows(&a).await).await;
    let revisions = postgres_catalog(&by_revisions(&b).await).await;
    assert_same(&rows, &revisions);
    assert_has(&revisions, &NAMES);
    assert_has(
        &revisions,
        &[
            "documents | status | document_status | true",
            "account_numbers | number | bytea | true",
            "documents | id | uuid | true",
            "uq_documents_file_hash | UNIQUE (file_hash)",
            "FOREIGN KEY (document_id) REFERENCES documents(id)",
            "FOREIGN KEY (borrower_id) REFERENCES borrowers(id) ON DELETE CASCADE",
            "income_records | amount | numeric(14,2) | true",
        ],
    );
}

#[tokio::test]
async fn the_downgrade_leaves_nothing_behind() {
    let (sqlite, postgres) = (Scratch::sqlite(), Scratch::postgres());
    let database = by_revisions(&sqlite).await;
    migrate(&database, "base").await;
    assert!(sqlite_catalog(&database).await.is_empty());
    migrate(&database, "head").await;

    let database = by_revisions(&postgres).await;
    migrate(&database, "base").await;
    assert!(postgres_catalog(&database).await.is_empty());
    migrate(&database, "head").await;
}
