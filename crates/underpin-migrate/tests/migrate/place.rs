//! One fresh database after another, of either dialect, for tests that hold on both.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use underpin_migrate::{Dialect, Target};

use super::postgres::{self, Scratch, scratch};
use super::sqlite::Sqlite;

/// Everything of the current schema, without the journal, and the rows of the table `log` where there is one.
const POSTGRES_CATALOG: &str = r"
SELECT replace(what, quote_ident(current_schema()) || '.', '')
FROM (
    SELECT 'relation ' || relname || ' ' || CAST(relkind AS text) || ' ' || relispartition AS what
    FROM pg_class
    WHERE relnamespace = CAST(current_schema() AS regnamespace)
    UNION ALL
    SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' '
           || coalesce(pg_get_expr(adbin, adrelid), '')
    FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = CAST(current_schema() AS regnamespace) AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
    FROM pg_constraint
    WHERE connamespace = CAST(current_schema() AS regnamespace)
    UNION ALL
    SELECT 'index ' || pg_get_indexdef(indexrelid) || ' valid ' || indisvalid
    FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = CAST(current_schema() AS regnamespace)
    UNION ALL
    SELECT 'label ' || typname || ' ' || enumlabel
    FROM pg_enum
    JOIN pg_type ON pg_type.oid = enumtypid
    WHERE typnamespace = CAST(current_schema() AS regnamespace)
    UNION ALL
    SELECT 'partition ' || CAST(CAST(inhrelid AS regclass) AS text) || ' pending ' || inhdetachpending
    FROM pg_inherits
    JOIN pg_class ON pg_class.oid = inhrelid
    WHERE relnamespace = CAST(current_schema() AS regnamespace)
) AS everything
WHERE what NOT LIKE '%underpin\_revisions%'
ORDER BY 1";

const SQLITE_CATALOG: &str = "
SELECT type || ' ' || name || ' ' || coalesce(sql, '')
FROM sqlite_schema
WHERE name NOT LIKE '%underpin_revisions%'
ORDER BY 1";

/// The journal without what depends on the time.
const JOURNAL: &str = "
SELECT revision || ' ' || checksum || ' ' || state || ' ' || CAST(statements_done AS text) || '/'
       || CAST(statements_total AS text) || ' ' || coalesce(prefix, '-') || ' ' || coalesce(cursor, '-') || ' '
       || CASE WHEN finished_at IS NULL THEN 'open' ELSE 'finished' END || ' ' || tool_version || ' '
       || coalesce(applied_by, '-')
FROM underpin_revisions
ORDER BY revision";

/// One fresh database.
#[derive(Clone)]
pub(crate) enum Place {
    /// A schema of a scratch database.
    Postgres { scratch: Scratch, schema: String },
    /// A file.
    Sqlite(PathBuf),
}

/// Where fresh databases come from.
#[derive(Clone)]
pub(crate) struct Places {
    scratch: Option<Scratch>,
    directory: PathBuf,
}

static NUMBER: AtomicUsize = AtomicUsize::new(0);

impl Places {
    /// A database in which nothing is.
    pub(crate) async fn fresh(&self) -> Place {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        match &self.scratch {
            None => Place::Sqlite(self.directory.join(format!("{number}.db"))),
            Some(scratch) => {
                let schema = format!("place_{number}");
                scratch.connect().await.run(&format!("CREATE SCHEMA {schema}")).await.unwrap();
                Place::Postgres { scratch: scratch.clone(), schema }
            }
        }
    }

    /// Fresh databases of SQLite.
    pub(crate) fn sqlite(directory: &Path) -> Self {
        Self { scratch: None, directory: directory.to_owned() }
    }
}

/// Runs a test on PostgreSQL.
pub(crate) async fn on_postgres<F, T>(test: &str, body: F)
where
    F: FnOnce(Places) -> T + Send + 'static,
    T: Future<Output = ()> + Send + 'static,
{
    scratch(test, |scratch| body(Places { scratch: Some(scratch), directory: PathBuf::new() })).await;
}

/// Runs a test on SQLite.
pub(crate) async fn on_sqlite<F, T>(body: F)
where
    F: FnOnce(Places) -> T,
    T: Future<Output = ()>,
{
    let directory = tempfile::tempdir().unwrap();
    body(Places::sqlite(directory.path())).await;
}

impl Place {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Postgres { .. } => Dialect::Postgres,
            Self::Sqlite(_) => Dialect::Sqlite,
        }
    }

    pub(crate) async fn connect(&self) -> Box<dyn Target> {
        match self {
            Self::Postgres { scratch, schema } => Box::new(scratch.connect_to(Some(schema)).await),
            Self::Sqlite(path) => Box::new(Sqlite::file(path)),
        }
    }

    /// What a child process needs to find it.
    pub(crate) fn to_env(&self) -> String {
        match self {
            Self::Postgres { scratch, schema } => format!("postgres|{}|{schema}", scratch.name()),
            Self::Sqlite(path) => format!("sqlite|{}|", path.display()),
        }
    }

    pub(crate) fn of_env(text: &str) -> Self {
        let parts: Vec<_> = text.split('|').collect();
        match parts[0] {
            "postgres" => Self::Postgres { scratch: Scratch::named(parts[1]), schema: parts[2].to_owned() },
            _ => Self::Sqlite(PathBuf::from(parts[1])),
        }
    }

    /// Everything that is in it, as text, without the journal.
    pub(crate) async fn catalog(&self) -> String {
        let sql = match self.dialect() {
            Dialect::Postgres => POSTGRES_CATALOG,
            _ => SQLITE_CATALOG,
        };
        let mut lines = self.column(sql).await;
        if lines.iter().any(|line| line.starts_with("relation log ") || line.starts_with("table log ")) {
            lines.push("log:".to_owned());
            lines.extend(self.column("SELECT what FROM log ORDER BY what").await);
        }
        lines.join("\n")
    }

    /// The journal as text, times aside.
    pub(crate) async fn journal(&self) -> String {
        self.column(JOURNAL).await.join("\n")
    }

    /// The first column of every row.
    pub(crate) async fn column(&self, sql: &str) -> Vec<String> {
        let mut target = self.connect().await;
        let rows = target.query(sql).await.unwrap();
        rows.into_iter().map(|mut row| row.remove(0).unwrap_or_default()).collect()
    }

    /// Runs a script with the shell of the database, and gives what it says when it fails. Without the shell of SQLite
    /// the same text goes to the library, without the lines that are for the shell alone.
    pub(crate) fn script(&self, script: &str) -> Result<(), String> {
        let file = tempfile::Builder::new().suffix(".sql").tempfile().unwrap();
        std::fs::write(file.path(), script).unwrap();
        let mut command = match self {
            Self::Postgres { scratch, schema } => {
                let mut command = Command::new("psql");
                command.args(["-X", "-q", "-o", "/dev/null", "-f"]).arg(file.path());
                command.arg(postgres::url_of(scratch.name()));
                command.env("PGOPTIONS", format!("-c search_path={schema}"));
                command
            }
            Self::Sqlite(path) => {
                let mut command = Command::new("sqlite3");
                command.arg(path).stdin(std::fs::File::open(file.path()).unwrap());
                command
            }
        };
        match (command.output(), self) {
            (Ok(output), _) if output.status.success() => Ok(()),
            (Ok(output), _) => Err(String::from_utf8(output.stderr).unwrap()),
            (Err(_), Self::Sqlite(path)) => {
                let sql: String =
                    script.split_inclusive('\n').filter(|line| !line.starts_with('.')).collect();
                let connection = rusqlite::Connection::open(path).unwrap();
                connection.execute_batch(&sql).map_err(|error| error.to_string())
            }
            (Err(error), Self::Postgres { .. }) => panic!("psql is needed beside the server: {error}"),
        }
    }
}
