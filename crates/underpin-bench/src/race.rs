//! Lets all contenders of a workload take turns: in each round every one of them once, beginning with another each time.

use std::path::PathBuf;

use crate::failure::{Result, While};
use crate::measure::{Cost, Stopwatch, median_cost, median_ratio};
use crate::report;
use crate::stage::{Database, Place, PostgresStore, SqliteStore, Store};
use crate::table::Line;
use crate::variant::{Entry, Runner};
use crate::workload::Workload;

/// What a race needs besides its contenders.
pub(crate) struct Course {
    /// The PostgreSQL database, directly: for filling and checking.
    pub(crate) direct: String,
    /// The same as the contenders reach it.
    pub(crate) url: String,
    /// Where SQLite files may be created.
    pub(crate) directory: PathBuf,
    /// What `--rounds` says; one more goes before them, to warm up.
    pub(crate) rounds: usize,
}

/// A contender with everything it races on.
struct Lane<W: Workload> {
    entry: Entry<W>,
    runner: Box<dyn Runner<W>>,
    /// Of its own in SQLite; `None` in PostgreSQL, where all share one.
    store: Option<Store>,
    rounds: Vec<Cost>,
}

/// Races the entries, and gives a line for each; the first entry of a database is what the others are compared with.
pub(crate) async fn race<W: Workload>(entries: Vec<Entry<W>>, course: Course) -> Result<Vec<Line>> {
    let mut shared = None;
    if entries.iter().any(|e| e.database == Database::Postgres) {
        let mut store = Store::Postgres(PostgresStore::open(&course.direct).await?);
        W::set_up(&mut store).await.attempting(|| format!("fill PostgreSQL for {}", W::NAME))?;
        shared = Some(store);
    }
    let mut lanes = Vec::new();
    for entry in entries {
        let name = label(&entry);
        lanes.push(open(entry, &course).await.attempting(|| name)?);
    }
    let rounds = course.rounds * W::EACH_ROUND;
    report::progress(&format!("{}: {} contenders, {rounds} rounds", W::NAME, lanes.len()));
    for round in 0..=rounds {
        for turn in 0..lanes.len() {
            let place = (round + turn) % lanes.len();
            let Some(lane) = lanes.get_mut(place) else { continue };
            let name = label(&lane.entry);
            let cost = take_turn(lane, shared.as_mut()).await.attempting(|| name)?;
            if round > 0 {
                lane.rounds.push(cost);
            }
        }
    }
    Ok(lines(&lanes))
}

async fn open<W: Workload>(entry: Entry<W>, course: &Course) -> Result<Lane<W>> {
    let file = course.directory.join(format!("{}-{}.db", W::NAME, file_name(&entry)));
    let store = match entry.database {
        Database::Postgres => None,
        Database::Sqlite => {
            let mut store = Store::Sqlite(SqliteStore::create(&file)?);
            W::set_up(&mut store).await?;
            Some(store)
        }
    };
    let runner = (entry.open)(Place { url: course.url.clone(), file }).await?;
    Ok(Lane { entry, runner, store, rounds: Vec::new() })
}

/// All steps of one contender in one round; the median of their costs.
async fn take_turn<W: Workload>(lane: &mut Lane<W>, shared: Option<&mut Store>) -> Result<Cost> {
    let store = lane.store.as_mut().or(shared).ok_or("no database was opened")?;
    W::reset(store).await?;
    let mut costs = Vec::with_capacity(W::STEPS);
    let mut outputs = Vec::with_capacity(W::STEPS);
    for step in 0..W::STEPS {
        let input = W::input(step);
        lane.runner.prepare(&input).await?;
        let watch = Stopwatch::start()?;
        let output = lane.runner.run(input).await?;
        costs.push(watch.stop(W::UNITS_PER_STEP)?);
        outputs.push(output);
    }
    W::check(store, outputs).await?;
    Ok(median_cost(&costs))
}

fn lines<W: Workload>(lanes: &[Lane<W>]) -> Vec<Line> {
    let line = |lane: &Lane<W>| {
        let raw = lanes.iter().find(|other| other.entry.database == lane.entry.database)?;
        Some(Line {
            workload: W::NAME,
            unit: W::UNIT,
            database: lane.entry.database.name(),
            variant: lane.entry.variant,
            technique: lane.entry.technique,
            cost: median_cost(&lane.rounds),
            ratio: median_ratio(&lane.rounds, &raw.rounds),
        })
    };
    let of = |database| lanes.iter().filter(move |lane| lane.entry.database == database);
    of(Database::Postgres).chain(of(Database::Sqlite)).filter_map(line).collect()
}

fn label<W: Workload>(entry: &Entry<W>) -> String {
    format!("{}, {} ({}, {})", W::NAME, entry.variant, entry.database.name(), entry.technique)
}

fn file_name<W: Workload>(entry: &Entry<W>) -> String {
    let text = format!("{}-{}", entry.variant, entry.technique);
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}
