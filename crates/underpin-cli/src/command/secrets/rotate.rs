//! `secrets rotate`: rows come under the primary key.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use underpin::secrets::{DriverPlace, Progress, Report, Rotation, StoredColumn, Usage};

use super::columns::Columns;
use super::rows::rows;
use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::keys::KeyPlace;
use crate::output::{document, line, note};

/// How often it is said plainly how far it is.
const PERIOD: Duration = Duration::from_secs(5);

/// Bring rows under the primary key, beside whoever reads and writes them
#[derive(Debug, Args)]
#[command(after_help = "\
It may be cut off at any time: begun anew it goes on where it was.

Examples:
  underpin secrets rotate --dry-run
  underpin secrets rotate patients.phone --rate 2000
  underpin secrets rotate tokens.value --context secrets.token --row owner,kind")]
pub(super) struct Rotate {
    #[command(flatten)]
    columns: Columns,

    /// Decrypt and encrypt, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// At most so many rows in a second
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,

    /// At most so many rows in a transaction
    #[arg(long, value_name = "ROWS", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    batch: u32,
}

impl Rotate {
    pub(super) async fn run(self, context: &Context, place: &KeyPlace) -> Result<Exit> {
        let (ring, columns) = (place.ring()?, self.columns.find(context)?);
        let mut rotation =
            Rotation::new(&ring).batch(usize::try_from(self.batch).unwrap_or(1)).dry_run(self.dry_run);
        if let Some(rate) = self.rate {
            rotation = rotation.rate(rate);
        }
        let database = Place::of_url(context.url()?);
        let done = database
            .with_driver(Purpose::Change, async |driver| {
                let mut place = DriverPlace::new(driver);
                let mut done = Vec::new();
                for column in &columns {
                    let mut told = Told::new(context);
                    let report = rotation.run(&mut place, column, |progress| told.tell(&progress)).await;
                    told.end();
                    let report = report?;
                    let left = Usage::count(&mut place, column).await?.rows_beside(ring.primary());
                    done.push((column.clone(), report, left));
                }
                Ok(done)
            })
            .await?;
        self.print(context, &done)?;
        judge(&done, self.dry_run)
    }

    fn print(&self, context: &Context, done: &[(StoredColumn, Report, u64)]) -> Result<()> {
        if context.is_json() {
            let columns = done.iter().map(|(column, report, left)| {
                json!({
                    "column": column.to_string(), "dry_run": self.dry_run, "read": report.read, "written": report.written,
                    "overtaken": report.overtaken, "refused": report.refused, "left": left,
                })
            });
            return document(&columns.collect::<Vec<_>>());
        }
        let verb = if self.dry_run { "would be rotated" } else { "rotated" };
        for (column, report, _) in done {
            let mut said = format!("{column}  {} {verb}", rows(report.written));
            if report.overtaken > 0 {
                said.push_str(&format!(", {} written by others meanwhile", rows(report.overtaken)));
            }
            line(&said)?;
        }
        Ok(())
    }
}

/// Rows that could not be decrypted, or that came under another key meanwhile.
fn judge(done: &[(StoredColumn, Report, u64)], dry_run: bool) -> Result<Exit> {
    let refused: u64 = done.iter().map(|(_, report, _)| report.refused).sum();
    if refused > 0 {
        let what = format!("{} cannot be decrypted: left alone", rows(refused));
        let hint =
            "see whether they were altered or copied from elsewhere, or need a key that the ring has not";
        let mut error = Error::failed(what, hint);
        for (column, report, _) in done {
            for row in &report.first_refused {
                error = error.because(format!("{column} where {}: {}", row.key, row.reason));
            }
        }
        return Err(error);
    }
    let left: u64 = done.iter().map(|(.., left)| left).sum();
    if left > 0 && !dry_run {
        let what = format!("{} written under another key meanwhile", rows(left));
        let hint = "see to it that every process has the new primary key, and rotate again";
        return Err(Error::failed(what, hint));
    }
    Ok(Exit::Done)
}

/// A live line on a terminal, plain lines now and then elsewhere.
struct Told {
    bar: Option<ProgressBar>,
    is_quiet: bool,
    begun: Instant,
    last: Instant,
}

impl Told {
    fn new(context: &Context) -> Self {
        let is_quiet = context.global.quiet;
        let bar = (!is_quiet && io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {wide_msg} {eta:.dim}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, is_quiet, begun: Instant::now(), last: Instant::now() }
    }

    fn tell(&mut self, progress: &Progress<'_>) {
        let done = progress.report.read;
        let seconds = self.begun.elapsed().as_secs_f64();
        #[allow(clippy::cast_precision_loss, reason = "a rate for a person")]
        let rate = if seconds > 0.0 { done as f64 / seconds } else { 0.0 };
        let said = format!("{}: {done} of {}, {rate:.0} a second", progress.column, rows(progress.total));
        if let Some(bar) = &self.bar {
            bar.set_length(progress.total.max(done));
            bar.set_position(done);
            bar.set_message(said);
        } else if !self.is_quiet && self.last.elapsed() >= PERIOD {
            self.last = Instant::now();
            note(&said);
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
