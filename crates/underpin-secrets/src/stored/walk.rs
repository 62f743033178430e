//! A walk over the rows of a column in the order of the key, a batch at a time.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::layout::{Layout, Stored};
use super::literal::{array, hex, push_json, unhex};
use super::pace::Pace;
use super::place::{Place, Texts};
use super::progress::{Progress, RefusedRow, Report, Step};
use super::row::Named;
use super::statement::Task;
use crate::{Cipher, SecretsError};

/// How often a batch is tried that others are in the way of.
const ATTEMPTS: u32 = 8;
/// How long to wait before the second attempt; twice as long before each further one.
const FIRST_WAIT: Duration = Duration::from_millis(20);
/// If so many rows are refused and none is done, the context or the row is named wrongly.
const HOPELESS: u64 = 100;

/// How a walk goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    pub(super) batch: usize,
    pub(super) rate: Option<u32>,
    pub(super) dry_run: bool,
}

impl Manner {
    pub(super) const DEFAULT: Self = Self { batch: 2000, rate: None, dry_run: false };

    /// Rows to a batch; fewer than a second's worth, where there is a rate.
    fn limit(&self) -> usize {
        let rate = self.rate.and_then(|rate| usize::try_from(rate).ok()).unwrap_or(usize::MAX);
        self.batch.min(rate.div_ceil(4)).max(1)
    }
}

/// Walks once over the rows that a task is for.
pub(super) async fn walk(
    place: &mut dyn Place,
    layout: &Layout,
    cipher: &Cipher,
    (task, manner): (Task, Manner),
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Report, SecretsError> {
    let total = number(&place.read(&layout.count_pending(task), &[]).await?);
    let (first, next) = (layout.read(task, false, manner.limit()), layout.read(task, true, manner.limit()));
    let write = layout.write(task);
    let mut report = Report::default();
    let mut pace = Pace::new(manner.rate);
    let mut after: Vec<String> = Vec::new();
    loop {
        let rows = place.read(if after.is_empty() { &first } else { &next }, &after).await?;
        let Some(last) = rows.last() else { return Ok(report) };
        after = last.iter().take(layout.key.len()).map(|cell| cell.clone().unwrap_or_default()).collect();
        let read = rows.len();
        let changed = changes(layout, cipher, task, rows, &mut report)?;
        progress(Progress { column: &layout.column, step: Step::Read, report: &report, total });
        if report.written == 0 && report.refused >= HOPELESS {
            return Err(hopeless(layout, &report));
        }
        let given = changed.len() as u64;
        let written = match changed.is_empty() || manner.dry_run {
            true => given,
            false => write_patiently(place, &write, &changed.parameters(layout.is_postgres)).await?,
        };
        report.written += written;
        report.overtaken += given.saturating_sub(written);
        progress(Progress { column: &layout.column, step: Step::Written, report: &report, total });
        let pause = pace.after(read);
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
    }
}

/// The rows of a batch that are to be written: their keys, their values as they were, and as they are to be.
#[derive(Default)]
struct Changes {
    keys: Vec<Vec<String>>,
    was: Vec<Zeroizing<String>>,
    now: Vec<String>,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn len(&self) -> usize {
        self.keys.len()
    }

    fn parameters(&self, arrays: bool) -> Vec<String> {
        if arrays {
            let width = self.keys.first().map_or(0, Vec::len);
            let keys = (0..width).map(|at| array(self.keys.iter().map(|key| key[at].as_str())));
            let was = array(self.was.iter().map(|was| was.as_str()));
            return keys.chain([was, array(self.now.iter().map(String::as_str))]).collect();
        }
        let mut json = String::from("[");
        for ((key, was), now) in self.keys.iter().zip(&self.was).zip(&self.now) {
            push_json(&mut json, key.iter().map(String::as_str).chain([was.as_str(), now.as_str()]));
        }
        json.push(']');
        vec![json]
    }
}

fn changes(
    layout: &Layout,
    cipher: &Cipher,
    task: Task,
    rows: Texts,
    report: &mut Report,
) -> Result<Changes, SecretsError> {
    let (_, form) = layout.source(task);
    let (counts, width) = (layout.counts(), layout.key.len());
    let mut changes = Changes::default();
    for mut cells in rows {
        report.read += 1;
        let was = Zeroizing::new(cells.pop().flatten().unwrap_or_default());
        let row = cells.split_off(width);
        let key: Vec<String> = cells.into_iter().map(Option::unwrap_or_default).collect();
        let sealed = match Named::of(counts, &row) {
            None => Err(SecretsError::usage("what names the row is NULL or not of its type", "mend the row")),
            Some(named) => sealed(cipher, task, form, &named, &was),
        };
        match sealed {
            Ok(Some(envelope)) => {
                changes.now.push(match layout.form {
                    Stored::Bytes => hex(&envelope),
                    Stored::Text => base64(&envelope),
                });
                changes.keys.push(key);
                changes.was.push(was);
            }
            Ok(None) => {}
            Err(error) if error.is_exhausted() || error.is_system() => return Err(error),
            Err(error) => refuse(layout, &key, &error, report),
        }
    }
    Ok(changes)
}

fn sealed(
    cipher: &Cipher,
    task: Task,
    form: Stored,
    row: &Named<'_>,
    was: &str,
) -> Result<Option<Vec<u8>>, SecretsError> {
    let bytes = |text: &str| unhex(text).unwrap_or_default();
    match (task, form) {
        (Task::Fill, Stored::Text) => cipher.seal(row.id(), was.as_bytes()).map(Some),
        (Task::Fill, Stored::Bytes) => cipher.seal(row.id(), &Zeroizing::new(bytes(was))).map(Some),
        (Task::Rotate { .. }, Stored::Bytes) => cipher.reseal(row.id(), &bytes(was)),
        // What is no base64 is no envelope either.
        (Task::Rotate { .. }, Stored::Text) => {
            cipher.reseal(row.id(), &STANDARD.decode(was).unwrap_or_default())
        }
    }
}

fn refuse(layout: &Layout, key: &[String], error: &SecretsError, report: &mut Report) {
    report.refused += 1;
    if report.first_refused.len() < Report::NAMED {
        let key: Vec<String> =
            layout.key.iter().zip(key).map(|(cell, value)| format!("{} = {value}", cell.name)).collect();
        let reason = error.reason().map_or_else(|| error.to_string(), str::to_owned);
        report.first_refused.push(RefusedRow { key: key.join(", "), reason });
    }
}

fn hopeless(layout: &Layout, report: &Report) -> SecretsError {
    let reason = report.first_refused.first().map_or("?", |row| row.reason.as_str());
    let what =
        format!("none of the first {} rows of {} can be decrypted: {reason}", report.refused, layout.column);
    SecretsError::absent(
        what,
        "see to it that context and row are those of the mapping, and that the ring has the keys; nothing is written",
    )
}

async fn write_patiently(place: &mut dyn Place, sql: &str, params: &[String]) -> Result<u64, SecretsError> {
    let mut wait = FIRST_WAIT;
    for _ in 1..ATTEMPTS {
        match place.write(sql, params).await {
            Err(error) if error.is_retryable() => {
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
            done => return Ok(done?.len() as u64),
        }
    }
    Ok(place.write(sql, params).await?.len() as u64)
}

/// The one number of an answer.
pub(super) fn number(texts: &Texts) -> u64 {
    let cell = texts.first().and_then(|row| row.first()).and_then(Option::as_deref);
    cell.and_then(|text| text.parse().ok()).unwrap_or_default()
}

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
