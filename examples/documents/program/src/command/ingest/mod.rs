//! `documents ingest`: takes in the files of a directory.
//!
//! Some threads read, hash and copy; what they have done is taken into the database by the batch, meanwhile.

mod files;
mod progress;
mod stage;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;
use std::time::SystemTime;

use documents_adapter::{ArrivedFile, DocumentsStorage, FileStore};
use documents_domain::{Arrival, Intake, Repositories, Storage, UnitOfWork, ingest_documents};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

pub(super) use self::files::{Found, files};
use self::progress::Progress;
use crate::error::{End, Error};
use crate::output::{self, visible};

/// How many files make one unit of work.
const BATCH: usize = 64;

/// The most threads that wait for the disk.
const MOST_THREADS: usize = 8;

/// What became of the files.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) taken_in: usize,
    pub(super) known: usize,
    pub(super) refused: usize,
}

/// A file, ready to be taken in, or why it is not.
type Staged = (PathBuf, Result<Arrival<ArrivedFile>, String>);

pub(crate) async fn run(
    storage: &DocumentsStorage,
    contents: &FileStore,
    from: &Path,
    found: Vec<Found>,
) -> Result<End, Error> {
    let progress = Progress::of(found.len());
    let at = |waiting, tally| progress.at(waiting, tally);
    let tally = all(storage, contents, from, found, at, |name, why| progress.refused(name, why)).await;
    progress.end();
    let Tally { taken_in, known, refused } = tally?;
    output::line(&format!("{taken_in} taken in, {known} known already, {refused} refused"))?;
    if refused == 0 {
        return Ok(End::Done);
    }
    output::note("hint: what was refused is named above; all others are done");
    Ok(End::Refused)
}

/// Takes in files; tells how far it is, and of each that is refused.
pub(super) async fn all(
    storage: &DocumentsStorage,
    contents: &FileStore,
    from: &Path,
    found: Vec<Found>,
    at: impl Fn(usize, Tally),
    refused: impl Fn(&str, &str),
) -> Result<Tally, Error> {
    let mut staged = stage(contents, found);
    let (mut tally, mut is_over) = (Tally::default(), false);
    while !is_over {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH && !is_over {
            match staged.recv().await {
                Some((path, Ok(arrival))) => batch.push((path, arrival)),
                Some((path, Err(why))) => {
                    tally.refused += 1;
                    let name = path.strip_prefix(from).unwrap_or(&path).to_string_lossy();
                    refused(&visible(&name), &why);
                }
                None => is_over = true,
            }
            at(batch.len(), tally);
        }
        // Of two with the same content the one counts that comes first by its name, whichever thread was quicker.
        batch.sort_by(|(a, _), (b, _)| a.cmp(b));
        let batch = batch.into_iter().map(|(_, arrival)| arrival).collect();
        take_in(storage, contents, batch, &mut tally).await.map_err(|error| stopped(error, tally))?;
        at(0, tally);
    }
    Ok(tally)
}

/// Begins to read files on a few threads; they stop when nobody listens any more.
fn stage(contents: &FileStore, found: Vec<Found>) -> mpsc::Receiver<Staged> {
    let (send, receive) = mpsc::channel(BATCH);
    let threads = available_parallelism().map_or(2, usize::from).saturating_mul(2).min(MOST_THREADS);
    let (found, next) = (Arc::new(found), Arc::new(AtomicUsize::new(0)));
    for _ in 0..threads {
        let (send, contents, found, next) =
            (send.clone(), contents.clone(), Arc::clone(&found), Arc::clone(&next));
        spawn_blocking(move || {
            while let Some(of) = found.get(next.fetch_add(1, Ordering::Relaxed)) {
                if send.blocking_send((of.path.clone(), stage::file(&contents, of))).is_err() {
                    return;
                }
            }
        });
    }
    receive
}

/// One unit of work.
async fn take_in(
    storage: &DocumentsStorage,
    contents: &FileStore,
    batch: Vec<Arrival<ArrivedFile>>,
    tally: &mut Tally,
) -> Result<(), Error> {
    if batch.is_empty() {
        return Ok(());
    }
    let mut uow = storage.begin().await?;
    let intakes = ingest_documents(&mut uow.documents(), contents, batch, SystemTime::now()).await?;
    uow.commit().await?;
    let new = intakes.iter().filter(|intake| matches!(intake, Intake::New(_))).count();
    tally.taken_in += new;
    tally.known += intakes.len() - new;
    Ok(())
}

/// An error that ends the intake before its end; what was committed before stays.
fn stopped(error: Error, tally: Tally) -> Error {
    match error {
        Error::Told { end, message, hint } => Error::Told {
            end,
            message: format!("{message} (it stopped; {} files had been taken in)", tally.taken_in),
            hint: format!("{hint}; then run the same command again, which takes in what is missing"),
        },
        Error::ClosedPipe => error,
    }
}
