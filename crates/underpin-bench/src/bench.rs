//! One whole run: create the database, race every chosen workload, drop the database, give the text.

use std::fmt::Write;
use std::future::Future;

use crate::distance::Distance;
use crate::failure::{Failure, Result};
use crate::race::{Course, race};
use crate::settings::{DatabaseChoice, Settings};
use crate::stage::{Database, PostgresDatabase};
use crate::stream;
use crate::table::{self, Line, MemoryLine};
use crate::variant::{Entry, Roster, roster};
use crate::workload::{
    BulkInsert, BulkInsertBare, CatalogueSearch, ImportCsv, KeysetPage, LoadAggregates, LoadRows, MixedFlush,
    Network, PointGet, Pool, ReadTokens, Runtime, SaveAggregate, StreamRows, UnitOfWorkMany, UnitOfWorkOne,
    UpdateByQuery, Workload, WriteTokens,
};

const WORKLOADS: [&str; 17] = [
    PointGet::NAME,
    LoadRows::NAME,
    CatalogueSearch::NAME,
    KeysetPage::NAME,
    LoadAggregates::NAME,
    UnitOfWorkOne::NAME,
    UnitOfWorkMany::NAME,
    MixedFlush::NAME,
    SaveAggregate::NAME,
    BulkInsert::NAME,
    BulkInsertBare::NAME,
    ImportCsv::NAME,
    UpdateByQuery::NAME,
    WriteTokens::NAME,
    ReadTokens::NAME,
    Pool::NAME,
    StreamRows::NAME,
];

/// Runs what the settings choose, and gives the text to print.
pub(crate) fn run(settings: &Settings) -> Result<String> {
    if let Some(unknown) = settings.workload.iter().find(|name| !WORKLOADS.contains(&name.as_str())) {
        return Err(format!("there is no workload {unknown:?}; choose from: {}", WORKLOADS.join(", ")).into());
    }
    let load = load_average();
    let database = match settings.database {
        Some(DatabaseChoice::Sqlite) => None,
        _ => Some(on(Runtime::Current, async { PostgresDatabase::create(&settings.database_url).await })?),
    };
    let outcome = Bench::race_all(settings, database.as_ref());
    let server = database.as_ref().map_or("no PostgreSQL", |d| &d.version).to_owned();
    if let Some(database) = database {
        on(Runtime::Current, async { database.drop(&settings.database_url).await })?;
    }
    let mut text = outcome?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let _ = writeln!(
        text,
        "\n{cores} cores; {server}; SQLite {}; {} rounds after one to warm up; load average {load} before, {} after.",
        rusqlite::version(),
        settings.rounds,
        load_average()
    );
    Ok(text)
}

struct Bench<'a> {
    settings: &'a Settings,
    database: Option<&'a PostgresDatabase>,
    directory: tempfile::TempDir,
    distance: Option<Distance>,
    lines: Vec<Line>,
    memory: Vec<MemoryLine>,
}

impl<'a> Bench<'a> {
    /// Every chosen workload, and the tables that come of it.
    fn race_all(settings: &'a Settings, database: Option<&'a PostgresDatabase>) -> Result<String> {
        let directory = tempfile::tempdir()?;
        let mut bench =
            Self { settings, database, directory, distance: None, lines: Vec::new(), memory: Vec::new() };
        let mut roster = roster();
        bench.race::<PointGet>(&mut roster)?;
        bench.race::<LoadRows>(&mut roster)?;
        bench.race::<CatalogueSearch>(&mut roster)?;
        bench.race::<KeysetPage>(&mut roster)?;
        bench.race::<LoadAggregates>(&mut roster)?;
        bench.race::<UnitOfWorkOne>(&mut roster)?;
        bench.race::<UnitOfWorkMany>(&mut roster)?;
        bench.race::<MixedFlush>(&mut roster)?;
        bench.race::<SaveAggregate>(&mut roster)?;
        bench.race::<BulkInsert>(&mut roster)?;
        bench.race::<BulkInsertBare>(&mut roster)?;
        bench.race::<ImportCsv>(&mut roster)?;
        bench.race::<UpdateByQuery>(&mut roster)?;
        bench.race::<WriteTokens>(&mut roster)?;
        bench.race::<ReadTokens>(&mut roster)?;
        bench.race::<Pool>(&mut roster)?;
        bench.watch(&mut roster)?;
        let (costs, memory) = (table::costs(&bench.lines), table::memory(&bench.memory));
        let between = if costs.is_empty() || memory.is_empty() { "" } else { "\n" };
        let mut text = format!("{costs}{between}{memory}");
        if let Some(Distance { direct, through, .. }) = bench.distance {
            let (direct, through) = (direct * 1e3, through * 1e3);
            let _ = writeln!(
                text,
                "\nAn empty round trip takes {direct:.2} ms, and {through:.2} ms in {}.",
                MixedFlush::NAME
            );
        }
        Ok(text)
    }

    fn race<W: Workload>(&mut self, roster: &mut Roster) -> Result<()> {
        let entries: Vec<_> = self.chosen::<W>(roster).into_iter().map(|(_, entry)| entry).collect();
        if entries.is_empty() {
            return Ok(());
        }
        let direct = self.database.map(PostgresDatabase::url).unwrap_or_default();
        let url = self.url::<W>()?;
        let directory = self.directory.path().to_owned();
        let course = Course { direct, url, directory, rounds: self.settings.rounds.into() };
        let runtime = self.settings.runtime.map_or(W::RUNTIME, Runtime::from);
        // As a task of the runtime, where a program's own code runs, and not beside its worker threads.
        let lines = on(runtime, async { tokio::spawn(race(entries, course)).await? })?;
        self.lines.extend(lines);
        Ok(())
    }

    fn watch(&mut self, roster: &mut Roster) -> Result<()> {
        let entries = self.chosen::<StreamRows>(roster);
        if entries.is_empty() {
            return Ok(());
        }
        let url = self.database.map(PostgresDatabase::url).unwrap_or_default();
        self.memory = on(Runtime::Current, stream::watch(entries, &url, self.directory.path()))?;
        Ok(())
    }

    /// The entries of a workload that the command line asks for, each with its position in the roster.
    fn chosen<W: Workload>(&self, roster: &mut Roster) -> Vec<(usize, Entry<W>)> {
        if !self.settings.workload.is_empty() && !self.settings.workload.iter().any(|name| name == W::NAME) {
            return Vec::new();
        }
        let entries = std::mem::take(W::list(roster));
        let mut raw = Vec::new();
        let mut chosen = Vec::new();
        for (position, entry) in entries.into_iter().enumerate() {
            // The first of each database is what the others are compared with, so it always takes part.
            let first = !raw.contains(&entry.database);
            raw.push(entry.database);
            let variant =
                self.settings.variant.is_empty() || self.settings.variant.iter().any(|v| v == entry.variant);
            let database = match entry.database {
                Database::Postgres => self.settings.database != Some(DatabaseChoice::Sqlite),
                Database::Sqlite => self.settings.database != Some(DatabaseChoice::Postgres),
            };
            if database && (first || variant) {
                chosen.push((position, entry));
            }
        }
        chosen
    }

    /// The URL by which contenders reach the server.
    fn url<W: Workload>(&mut self) -> Result<String> {
        let Some(database) = self.database else { return Ok(String::new()) };
        if W::NETWORK == Network::Direct {
            return Ok(database.url());
        }
        let distance = match self.distance.take() {
            Some(distance) => distance,
            None => on(Runtime::Current, Distance::set_up(database))?,
        };
        Ok(self.distance.insert(distance).url(database))
    }
}

/// Runs a future to its end on a runtime of its own, or until the user interrupts.
pub(crate) fn on<T>(runtime: Runtime, work: impl Future<Output = Result<T>>) -> Result<T> {
    let mut builder = match runtime {
        Runtime::Current => tokio::runtime::Builder::new_current_thread(),
        Runtime::Multi => tokio::runtime::Builder::new_multi_thread(),
    };
    if runtime == Runtime::Multi {
        builder.worker_threads(2);
    }
    let runtime = builder.enable_all().build()?;
    runtime.block_on(async {
        tokio::select! {
            outcome = work => outcome,
            _ = tokio::signal::ctrl_c() => Err(Failure::from("interrupted")),
        }
    })
}

/// The load averages of the machine: a busy one makes wall time, and less so CPU time, unreliable.
pub(crate) fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}
