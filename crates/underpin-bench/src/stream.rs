//! The memory check: each contender streams a million rows in a process of its own, and says how much memory that took.

use std::path::Path;

use crate::failure::{Result, While};
use crate::memory::{Gauge, resident};
use crate::report;
use crate::stage::{Database, Place, PostgresStore, SqliteStore, Store};
use crate::table::MemoryLine;
use crate::variant::{Entry, roster};
use crate::workload::{StreamRows, Workload};

/// Fills the tables and lets one process after the other stream them; entries keep their position in the roster.
pub(crate) async fn watch(
    entries: Vec<(usize, Entry<StreamRows>)>,
    url: &str,
    directory: &Path,
) -> Result<Vec<MemoryLine>> {
    let file = directory.join("stream.db");
    if entries.iter().any(|(_, e)| e.database == Database::Postgres) {
        StreamRows::set_up(&mut Store::Postgres(PostgresStore::open(url).await?)).await?;
    }
    if entries.iter().any(|(_, e)| e.database == Database::Sqlite) {
        StreamRows::set_up(&mut Store::Sqlite(SqliteStore::create(&file)?)).await?;
    }
    let mut lines = Vec::new();
    for (position, entry) in entries {
        report::progress(&format!("{}: {} ({})", StreamRows::NAME, entry.variant, entry.technique));
        let what = || format!("{}, {} ({})", StreamRows::NAME, entry.variant, entry.technique);
        let output = tokio::process::Command::new(std::env::current_exe()?)
            .args(["stream", &position.to_string()])
            .arg(&file)
            // Not as an argument, which every user of the machine could read.
            .env("DATABASE_URL", url)
            .stderr(std::process::Stdio::inherit())
            .output()
            .await
            .attempting(what)?;
        let text = String::from_utf8(output.stdout)?;
        let numbers: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let (&[rows, before, early, last, peak], true) = (numbers.as_slice(), output.status.success()) else {
            return Err("the process that streams the rows failed").attempting(what);
        };
        lines.push(MemoryLine {
            database: entry.database.name(),
            variant: entry.variant,
            technique: entry.technique,
            rows,
            resident: [before, early, last, peak],
        });
    }
    Ok(lines)
}

/// The body of the process: streams with the contender at this position of the roster, and prints five numbers.
pub(crate) async fn one(position: usize, url: String, file: &Path) -> Result<()> {
    let entry = roster().stream_rows.into_iter().nth(position).ok_or("no contender has this number")?;
    let mut runner = (entry.open)(Place { url, file: file.to_owned() }).await?;
    let gauge = runner.run(Gauge::begin()?).await?;
    let peak = resident()?.peak;
    let early = gauge.samples.get(gauge.samples.len() / 10).copied().unwrap_or_default();
    let last = gauge.samples.last().copied().unwrap_or_default();
    let text = format!("{} {} {early} {last} {peak}\n", gauge.tally.rows, gauge.before);
    StreamRows::check_tally(&gauge)?;
    Ok(report::result(&text)?)
}
