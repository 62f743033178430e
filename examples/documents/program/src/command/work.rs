//! `documents work`: reads what waits, with several workers at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use documents_adapter::{DocumentsStorage, FileStore, StorageError};
use documents_domain::{Document, Failure, Status, finish_document, read_document, take_next};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use underpin_axum::shutdown_signal;

use crate::cli::Work;
use crate::error::{End, Error};
use crate::extract::Readers;
use crate::output::{self, visible};

const BAR: &str = "{spinner} {elapsed}  {msg}";

/// How long a worker waits before it asks again, if it goes on when nothing waits.
const PAUSE: Duration = Duration::from_secs(1);

/// How often the same is tried that only failed because somebody else was at it.
const TRIES: u32 = 20;

/// What a worker works with.
#[derive(Clone)]
struct Tools {
    storage: DocumentsStorage,
    contents: FileStore,
    readers: Readers,
    watch: bool,
    /// That it shall end after the document at which it is.
    stopped: Arc<AtomicBool>,
}

/// What became of the documents.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) read: usize,
    pub(super) failed: usize,
}

pub(crate) async fn run(storage: DocumentsStorage, contents: FileStore, work: &Work) -> Result<End, Error> {
    let bar = ProgressBar::new_spinner();
    let bar = match ProgressStyle::with_template(BAR) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    };
    bar.enable_steady_tick(Duration::from_millis(100));
    let told = |document: &Document, tally: &Tally| {
        let state = document.state();
        if let Some(why) = &state.error {
            let name = visible(state.file_name.as_str());
            bar.suspend(|| output::note(&format!("{name} ({}): {why}", state.id)));
        }
        bar.set_message(format!("{} read, {} failed", tally.read, tally.failed));
    };
    let tally = all(storage, contents, work, told).await;
    bar.finish_and_clear();
    let Tally { read, failed } = tally?;
    output::line(&format!("{read} read, {failed} failed"))?;
    if failed == 0 {
        return Ok(End::Done);
    }
    output::note("hint: `documents retry ID` lets one that failed wait again");
    Ok(End::Refused)
}

/// Reads what waits, and tells of each document.
pub(super) async fn all(
    storage: DocumentsStorage,
    contents: FileStore,
    work: &Work,
    told: impl Fn(&Document, &Tally),
) -> Result<Tally, Error> {
    let stopped = Arc::new(AtomicBool::new(false));
    let readers = Readers::new(work.seconds);
    let tools = Tools { storage, contents, readers, watch: work.watch, stopped: Arc::clone(&stopped) };
    let (send, mut done) = mpsc::channel(usize::from(work.workers));
    let mut workers = JoinSet::new();
    for _ in 0..work.workers {
        workers.spawn(worker(tools.clone(), send.clone()));
    }
    drop((send, tools));
    let asked = shutdown_signal();
    let asked = tokio::spawn(async move {
        asked.await;
        stopped.store(true, Ordering::Relaxed);
    });
    let mut tally = Tally::default();
    while let Some(document) = done.recv().await {
        match document.status() {
            Status::Completed => tally.read += 1,
            _ => tally.failed += 1,
        }
        told(&document, &tally);
    }
    asked.abort();
    // A worker that fails tells why when all have ended; the others go on, unless they fail themselves.
    while let Some(ended) = workers.join_next().await {
        ended.map_err(|_| Error::refused("a worker broke down", "report this as a defect"))??;
    }
    Ok(tally)
}

async fn worker(tools: Tools, done: mpsc::Sender<Document>) -> Result<(), Error> {
    let Tools { storage, contents, readers, watch, stopped } = &tools;
    while !stopped.load(Ordering::Relaxed) {
        match insisted(|| take_next(storage)).await? {
            Some(document) => {
                let read = read_document(contents, readers, &document).await;
                let now = SystemTime::now();
                let document = insisted(|| finish_document(storage, document.id(), &read, now)).await?;
                if done.send(document).await.is_err() {
                    return Ok(());
                }
            }
            None if *watch => tokio::time::sleep(PAUSE).await,
            None => return Ok(()),
        }
    }
    Ok(())
}

/// Tries again what only failed because somebody else was at it.
async fn insisted<T, F: Future<Output = Result<T, Failure<StorageError>>>>(
    work: impl Fn() -> F,
) -> Result<T, Failure<StorageError>> {
    let mut tries = 0;
    loop {
        match work().await {
            Err(Failure::Outside(error)) if error.is_retryable() && tries < TRIES => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(u64::from(tries) * 10)).await;
            }
            done => return done,
        }
    }
}
