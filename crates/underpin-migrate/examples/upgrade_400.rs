//! Measures an upgrade of an empty database by 400 revisions against `psql` and `sqlite3` with the same SQL.
//!
//! ```text
//! cargo run --release -p underpin-migrate --example upgrade_400
//! ```
//!
//! UNDERPIN_TEST_POSTGRES names a server on which databases may be made; without it only SQLite is measured. Each of
//! the rounds makes fresh databases and goes from one to the other in turn; the medians are told.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use underpin_migrate::{ConnectionTarget, Destination, Dialect, Graph, Plan, Revisions, Runner, offline};
use underpin_postgres::PostgresDriver;
use underpin_sql::driver::{Access, ConnectOptions, Driver};
use underpin_sqlite::SqliteDriver;

const REVISIONS: usize = 400;
const ROUNDS: usize = 15;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let graph = graph()?;
    let directory = tempfile::tempdir()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let script = script(&graph, Dialect::Sqlite)?;
    for round in 0..ROUNDS {
        theirs.push(sqlite3(&directory.path().join(format!("{round}_shell.db")), &script)?);
        let url = format!("sqlite:{}", directory.path().join(format!("{round}_run.db")).display());
        let began = Instant::now();
        let driver = SqliteDriver::connect(ConnectOptions::parse(&url)?).await?;
        ours.push(upgrade(&graph, Arc::new(driver), began).await?);
    }
    tell("sqlite", &mut ours, "sqlite3", &mut theirs)?;
    if let Ok(url) = std::env::var("UNDERPIN_TEST_POSTGRES") {
        postgres(&graph, &url).await?;
    }
    Ok(())
}

async fn postgres(graph: &Graph, url: &str) -> Outcome<()> {
    let admin = PostgresDriver::connect(ConnectOptions::parse(url)?).await?;
    let mut admin = admin.acquire(Access::Write).await?;
    let script = script(graph, Dialect::Postgres)?;
    let name = format!("underpin_upgrade_400_{}", std::process::id());
    let (base, query) =
        url.split_once('?').map_or((url, String::new()), |(base, query)| (base, format!("?{query}")));
    let server = base.rsplit_once('/').map_or(base, |(server, _)| server);
    let scratch = format!("{server}/{name}{query}");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        admin.script(&format!("CREATE DATABASE {name}")).await?;
        theirs.push(psql(&scratch, &script)?);
        admin.script(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        admin.script(&format!("CREATE DATABASE {name}")).await?;
        let began = Instant::now();
        let driver = PostgresDriver::connect(ConnectOptions::parse(&scratch)?).await?;
        ours.push(upgrade(graph, Arc::new(driver), began).await?);
        admin.script(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    }
    tell("postgres", &mut ours, "psql", &mut theirs)
}

/// Tables, columns, indexes and rows, by turns.
fn graph() -> Outcome<Graph> {
    let body = |number: usize| {
        let table = number - number % 4;
        match number % 4 {
            0 => format!(
                "CREATE TABLE t{number} (id integer NOT NULL PRIMARY KEY, name varchar(40) NOT NULL);"
            ),
            1 => format!(
                "ALTER TABLE t{table} ADD COLUMN note text;\nALTER TABLE t{table} ADD COLUMN age integer;"
            ),
            2 => format!("CREATE INDEX ix_t{table}_name ON t{table} (name);"),
            _ => format!(
                "INSERT INTO t{table} (id, name) VALUES (1, 'a'), (2, 'b');\nUPDATE t{table} SET age = id;"
            ),
        }
    };
    let file = |number: usize| {
        let parent = number.checked_sub(1).map_or_else(|| "none".to_owned(), |parent| format!("{parent:04}"));
        let text = format!(
            "-- Step {number}\n--\n-- revision: {number:04}\n-- revises: {parent}\n\n-- +upgrade\n{}\n",
            body(number)
        );
        (format!("{number:04}.sql"), text)
    };
    let files: Vec<_> = (0..REVISIONS).map(file).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Ok(Graph::new(Revisions::embedded(&files)?)?)
}

fn script(graph: &Graph, dialect: Dialect) -> Outcome<String> {
    let moves = graph.upgrade(&BTreeSet::new(), &Destination::head())?;
    Ok(offline(&Plan::new(&moves, dialect)?).to_string())
}

async fn upgrade(graph: &Graph, driver: Arc<dyn Driver>, began: Instant) -> Outcome<Duration> {
    let mut target = ConnectionTarget::acquire(driver).await?;
    let plan = Runner::new(graph).upgrade(&mut target, &Destination::head()).await?;
    let took = began.elapsed();
    if plan.steps().len() == REVISIONS { Ok(took) } else { Err("not everything was run".into()) }
}

fn psql(url: &str, script: &str) -> Outcome<Duration> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(script.as_bytes())?;
    let began = Instant::now();
    let mut command = Command::new("psql");
    command.args(["-X", "-q", "-o", "/dev/null", "-f"]).arg(file.path()).arg(url);
    finish(command, began)
}

fn sqlite3(database: &Path, script: &str) -> Outcome<Duration> {
    let mut file = tempfile::NamedTempFile::new()?;
    // The driver's own settings, so that both write the same way.
    write!(file, "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = NORMAL;\n{script}")?;
    let began = Instant::now();
    let mut command = Command::new("sqlite3");
    command.arg(database).stdin(File::open(file.path())?).stdout(Stdio::null());
    finish(command, began)
}

fn finish(mut command: Command, began: Instant) -> Outcome<Duration> {
    let status = command.status()?;
    let took = began.elapsed();
    if status.success() { Ok(took) } else { Err(format!("the shell failed: {status}").into()) }
}

fn tell(dialect: &str, ours: &mut [Duration], shell: &str, theirs: &mut [Duration]) -> Outcome<()> {
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    writeln!(
        std::io::stdout(),
        "{dialect}: {REVISIONS} revisions, median of {ROUNDS}: run {ours:?}, {shell} {theirs:?}, ratio {ratio:.2}"
    )?;
    Ok(())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
