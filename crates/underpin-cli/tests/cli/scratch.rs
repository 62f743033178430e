//! Databases for tests: an SQLite file in a directory of its own, a PostgreSQL database of its own; both are removed.

use std::process::{self, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;
use underpin::driver::{Access, ConnectOptions, Driver};

/// The server, and a role that may create databases.
const SERVER: &str = "UNDERPIN_TEST_POSTGRES";
const LOCAL_SERVER: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// What is in a database of PostgreSQL, but for the times in the journal.
const POSTGRES_CATALOG: &str = "
SELECT concat_ws(' ', 'column', c.relkind, c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
                 a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = CAST('public' AS regnamespace) AND c.relkind IN ('r', 'v', 'm', 'p', 'S')
UNION ALL
SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = CAST('public' AS regnamespace)
UNION ALL
SELECT concat_ws(' ', 'index', indexrelid::regclass, indisvalid, pg_get_indexdef(indexrelid))
FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = CAST('public' AS regnamespace)
UNION ALL
SELECT concat_ws(' ', 'trigger', tgrelid::regclass, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT concat_ws(' ', 'function', oid::regprocedure, prosrc)
FROM pg_proc WHERE pronamespace = CAST('public' AS regnamespace)
UNION ALL
SELECT concat_ws(' ', 'enum', enumtypid::regtype, enumsortorder, enumlabel) FROM pg_enum
ORDER BY 1";

const SQLITE_CATALOG: &str = "
SELECT concat_ws(' ', type, name, tbl_name, sql)
FROM sqlite_schema
ORDER BY 1";

/// What a journal says, but for times, and for the user that only one of two runs may know.
const JOURNAL: &str = "
SELECT revision || ' ' || checksum || ' ' || state
FROM underpin_revisions
ORDER BY 1";

/// A database that is gone when this is dropped, whether the test has passed or not.
pub(crate) struct Scratch {
    url: String,
    /// Removed with it.
    _directory: Option<TempDir>,
    /// Dropped with it.
    database: Option<String>,
}

impl Scratch {
    /// No file yet, in a directory of its own.
    pub(crate) fn sqlite() -> Self {
        let directory = tempfile::Builder::new().prefix("underpin-cli-").tempdir().expect("a directory");
        let url = format!("sqlite:{}", directory.path().join("test.db").display());
        Self { url, _directory: Some(directory), database: None }
    }

    /// An empty database.
    pub(crate) fn postgres() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let database = format!("underpin_cli_{}_{number}", process::id());
        script(&server(), &format!("CREATE DATABASE {database}"));
        Self { url: beside(&server(), &database), _directory: None, database: Some(database) }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.database.is_some()
    }

    /// The file of an SQLite database.
    pub(crate) fn file(&self) -> &str {
        self.url.strip_prefix("sqlite:").expect("an SQLite URL")
    }

    /// Runs statements.
    pub(crate) fn script(&self, sql: &str) {
        script(&self.url, sql);
    }

    /// The first column of a query.
    pub(crate) fn column(&self, sql: &str) -> Vec<String> {
        texts(&self.url, sql)
    }

    /// What is in the database.
    pub(crate) fn catalog(&self) -> Vec<String> {
        self.column(if self.is_postgres() { POSTGRES_CATALOG } else { SQLITE_CATALOG })
    }

    /// What the journal says.
    pub(crate) fn journal(&self) -> Vec<String> {
        self.column(JOURNAL)
    }

    /// Runs a script by the database's own program, which stops at the first error.
    pub(crate) fn run_by_its_own_program(&self, sql: &str) {
        let (is_done, said) = self.give_to_its_own_program(sql);
        assert!(is_done && !said.contains("rror"), "{said}\n{sql}");
    }

    /// Whether the database's own program ran a script to its end, and what it said.
    pub(crate) fn give_to_its_own_program(&self, sql: &str) -> (bool, String) {
        let mut command = if self.is_postgres() {
            let mut command = Command::new("psql");
            command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", &self.url]);
            command
        } else {
            let mut command = Command::new("sqlite3");
            command.args(["-bail", self.file()]);
            command
        };
        command
            .stdin(process::Stdio::piped())
            .stdout(process::Stdio::piped())
            .stderr(process::Stdio::piped());
        let mut child = command.spawn().expect("psql and sqlite3 are installed");
        std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), sql.as_bytes())
            .expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(database) = &self.database {
            script(&server(), &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
        }
    }
}

/// Runs a case on each kind of database.
pub(crate) fn on_each(case: impl Fn(&Scratch)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        case(&scratch);
    }
}

fn server() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| LOCAL_SERVER.to_owned())
}

/// The URL of another database on the same server.
fn beside(url: &str, database: &str) -> String {
    let (base, options) = url.split_once('?').map_or((url, None), |(base, options)| (base, Some(options)));
    let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
    options.map_or(format!("{host}/{database}"), |options| format!("{host}/{database}?{options}"))
}

fn script(url: &str, sql: &str) {
    let (url, sql) = (url.to_owned(), sql.to_owned());
    on_a_thread(async move {
        let driver = open(&url).await;
        let mut connection = driver.acquire(Access::Write).await.expect("a connection");
        connection.script(&sql).await.expect(&sql);
        drop(connection);
        close(driver.as_ref()).await;
    });
}

fn texts(url: &str, sql: &str) -> Vec<String> {
    let (url, sql) = (url.to_owned(), sql.trim_start().to_owned());
    on_a_thread(async move {
        let driver = open(&url).await;
        let mut connection = driver.acquire(Access::Write).await.expect("a connection");
        let rows = connection.texts(&sql, &[]).await.expect(&sql);
        drop(connection);
        close(driver.as_ref()).await;
        rows.into_iter().map(|row| row.into_iter().next().flatten().unwrap_or_default()).collect()
    })
}

/// Closes it once the last connection is back, so that nothing is left beside an SQLite file.
async fn close(driver: &dyn Driver) {
    while driver.status().idle < driver.status().open {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    driver.close().await;
}

async fn open(url: &str) -> Arc<dyn Driver> {
    let options = ConnectOptions::parse(url).expect("a URL");
    underpin::connect_driver(options).await.expect("a database")
}

fn on_a_thread<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    thread::spawn(move || runtime().block_on(work)).join().expect("it was done")
}
