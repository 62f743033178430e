//! Real schemas, split into statements, load one statement at a time.

use std::path::PathBuf;

use underpin_migrate::{Dialect, statements};

use super::postgres::scratch;
use super::sqlite::Sqlite;

fn schema(path: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/schemas");
    let path = root.join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

async fn loads(name: &str, tables: &str) {
    let file = format!("{name}/postgres.sql");
    let statements = statements(&file, &schema(&file), Dialect::Postgres).unwrap();
    let tables = tables.to_owned();
    scratch(name, |scratch| async move {
        let target = scratch.connect().await;
        for statement in statements {
            if let Err(error) = target.run(statement.text()).await {
                panic!("{file}:{}: {error:?}\n{statement}", statement.line());
            }
        }
        let count = "SELECT CAST(count(*) AS text) FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p') AND \
                     relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')";
        assert_eq!(target.column(count).await, [tables]);
    })
    .await;
}

#[tokio::test]
async fn danbooru_loads() {
    loads("danbooru", "66").await;
}

#[tokio::test]
async fn hatchet_loads() {
    loads("hatchet", "132").await;
}

#[tokio::test]
async fn temporal_loads() {
    loads("temporal", "37").await;
}

#[test]
fn temporal_loads_on_sqlite() {
    let file = "temporal/sqlite.sql";
    let target = Sqlite::memory();
    for statement in statements(file, &schema(file), Dialect::Sqlite).unwrap() {
        target.run(statement.text()).unwrap_or_else(|error| panic!("{file}:{}: {error}", statement.line()));
    }
    let count =
        "SELECT CAST(count(*) AS text) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    assert_eq!(target.column(count), ["37"]);
}
