//! The version tables of other tools.

use crate::error::Kind;
use crate::runner::Target;
use crate::{Dialect, DriverError, MigrateError, Result};

/// How one tool says what is applied.
struct Table {
    tool: &'static str,
    name: &'static str,
    /// The versions that are applied, in their order.
    versions: &'static str,
    /// The versions that failed half-way.
    failed: Option<&'static str>,
}

// Ordered by the columns of the tables, not by those of the answers, which are text.
const TABLES: [Table; 4] = [
    Table {
        tool: "alembic",
        name: "alembic_version",
        versions: "SELECT CAST(version_num AS text) FROM alembic_version ORDER BY version_num",
        failed: None,
    },
    Table {
        tool: "sqlx",
        name: "_sqlx_migrations",
        versions: "SELECT CAST(version AS text) FROM _sqlx_migrations AS rows WHERE success ORDER BY rows.version",
        failed: Some(
            "SELECT CAST(version AS text) FROM _sqlx_migrations AS rows WHERE NOT success ORDER BY rows.version",
        ),
    },
    Table {
        tool: "diesel",
        name: "__diesel_schema_migrations",
        versions: "SELECT CAST(version AS text) FROM __diesel_schema_migrations AS rows ORDER BY rows.version",
        failed: None,
    },
    Table {
        tool: "refinery",
        name: "refinery_schema_history",
        versions: "SELECT CAST(version AS text) FROM refinery_schema_history AS rows ORDER BY rows.version",
        failed: None,
    },
];

const POSTGRES_EXISTS: &str = "SELECT CAST(to_regclass('{name}') AS text)";
const SQLITE_EXISTS: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = '{name}'";

/// What another tool has applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignHistory {
    /// The tool: `alembic`, `sqlx`, `diesel` or `refinery`.
    pub tool: &'static str,
    /// Its table.
    pub table: &'static str,
    /// The versions that are applied, as the table has them: Alembic's heads, everything of the others.
    pub versions: Vec<String>,
    /// The versions that failed half-way, where the tool says so.
    pub failed: Vec<String>,
}

/// Reads the version tables of Alembic, sqlx, Diesel and refinery: one history for each that is there.
///
/// # Errors
/// A table that cannot be read.
pub async fn read(target: &mut dyn Target) -> Result<Vec<ForeignHistory>> {
    let mut histories = Vec::new();
    for table in &TABLES {
        let failed = |error: DriverError| {
            let problem = format!("the table {} could not be read", table.name);
            MigrateError::new(Kind::Database, problem, "see the cause").caused_by(error)
        };
        let exists = match target.dialect() {
            Dialect::Postgres => POSTGRES_EXISTS,
            Dialect::Sqlite => SQLITE_EXISTS,
        };
        let found = target.query(&exists.replace("{name}", table.name)).await.map_err(failed)?;
        if found.into_iter().flatten().flatten().next().is_none() {
            continue;
        }
        let versions = target.query(table.versions).await.map_err(failed)?;
        let failures = match table.failed {
            Some(query) => target.query(query).await.map_err(failed)?,
            None => Vec::new(),
        };
        histories.push(ForeignHistory {
            tool: table.tool,
            table: table.name,
            versions: versions.into_iter().flatten().flatten().collect(),
            failed: failures.into_iter().flatten().flatten().collect(),
        });
    }
    Ok(histories)
}
