//! Measures how fast `documents ingest` takes in 1,000 files of 100 KB, beside reading, hashing and copying them alone.
//!
//! ```sh
//! cargo build --release -p documents --bins --examples
//! target/release/examples/ingest_speed sqlite postgres://user@host/scratch
//! ```
//!
//! Both write each file to a temporary one, flush it to the disk, rename it and flush the directory, on as many threads;
//! the second does nothing else. They take turns, each twice in a round, in directories of their own, and every round has new contents. A
//! PostgreSQL database that is named must be there and may be emptied.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread::{available_parallelism, scope};
use std::time::{Duration, Instant};

use documents_adapter::{ArrivedFile, FileStore};
use documents_domain::ContentStore;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const FILES: usize = 1000;
const SIZE: usize = 100_000;
const ROUNDS: usize = 5;

/// As `documents ingest` has it.
const BATCH: usize = 64;
const CHUNK: usize = 128 * 1024;

fn main() -> Result<()> {
    let urls: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let program = program()?;
    for url in urls {
        let is_file = url == "sqlite";
        let mut rounds = Vec::new();
        for round in 0..=ROUNDS {
            let place = tempfile::Builder::new().prefix("underpin-documents-speed-").tempdir()?;
            let url =
                if is_file { format!("sqlite:{}", place.path().join("d.db").display()) } else { url.clone() };
            let inbox = filled(place.path(), round)?;
            let copy = |to: &str| copied(&runtime, &inbox, &place.path().join(to));
            let ingest = |to: &str| ingested(&program, &url, &inbox, &place.path().join(to));
            // Whoever comes first is slower, so that each comes first once.
            let copied = copy("a")?;
            let ingested = ingest("b")? + ingest("c")?;
            let copied = copied + copy("d")?;
            // The first one only warms up.
            if round > 0 {
                rounds.push((copied, ingested));
            }
        }
        report(if is_file { "SQLite" } else { "PostgreSQL" }, &rounds);
    }
    Ok(())
}

/// The program, built beside this one.
fn program() -> Result<PathBuf> {
    let examples = std::env::current_exe()?;
    let program = examples.parent().and_then(Path::parent).ok_or("no directory")?.join("documents");
    if program.exists() { Ok(program) } else { Err(format!("build {} first", program.display()).into()) }
}

/// A directory with files that no other round has.
fn filled(place: &Path, round: usize) -> Result<PathBuf> {
    let inbox = place.join("inbox");
    fs::create_dir(&inbox)?;
    let seed = u64::try_from(round)? << 32 | u64::from(std::process::id());
    for number in 0..FILES {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(2 * u64::try_from(number)?) | 1;
        let mut content = b"%PDF-1.4\n".to_vec();
        while content.len() < SIZE {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            content.extend(state.to_le_bytes());
        }
        fs::write(inbox.join(format!("{number:04}.pdf")), content)?;
    }
    // What was written for the test is not to be flushed within the measure.
    Command::new("sync").status()?;
    Ok(inbox)
}

/// Reads, hashes and copies, and nothing else.
fn copied(runtime: &tokio::runtime::Runtime, inbox: &Path, store: &Path) -> Result<Duration> {
    let begin = Instant::now();
    let store = FileStore::open(store)?;
    let paths = fs::read_dir(inbox)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let next = AtomicUsize::new(0);
    let threads = available_parallelism().map_or(2, usize::from).saturating_mul(2).min(8);
    let (send, receive) = sync_channel::<Result<ArrivedFile>>(BATCH);
    scope(|scope| -> Result<()> {
        for _ in 0..threads {
            let (send, store, paths, next) = (send.clone(), &store, &paths, &next);
            scope.spawn(move || {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if send.send(arrived(store, path)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        loop {
            let batch = receive.iter().take(BATCH).collect::<Result<Vec<_>>>()?;
            if batch.is_empty() {
                return Ok(());
            }
            runtime.block_on(store.keep(batch))?;
        }
    })?;
    Ok(begin.elapsed())
}

fn arrived(store: &FileStore, path: &Path) -> Result<ArrivedFile> {
    let mut file = File::open(path)?;
    let mut receiving = store.receive(u64::MAX)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(receiving.end()?);
        }
        receiving.take(&chunk[..read])??;
    }
}

/// The command, from its start to its end, on tables that are empty.
fn ingested(program: &Path, url: &str, inbox: &Path, store: &Path) -> Result<Duration> {
    let run = |arguments: &[&str]| -> Result<String> {
        let mut command = Command::new(program);
        command.args(arguments).args(["--database-url", url]).arg("--store").arg(store);
        let output = command.output()?;
        if output.status.success() {
            return Ok(String::from_utf8(output.stdout)?);
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
    };
    run(&["upgrade"])?;
    run(&["downgrade", "base"])?;
    run(&["upgrade"])?;
    let begin = Instant::now();
    let said = run(&["ingest", &inbox.display().to_string()])?;
    let time = begin.elapsed();
    if said == format!("{FILES} taken in, 0 known already, 0 refused\n") {
        Ok(time)
    } else {
        Err(said.into())
    }
}

fn report(database: &str, rounds: &[(Duration, Duration)]) {
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let rate = |time: &Duration| 2.0 * FILES as f64 / time.as_secs_f64();
    let copied = median(rounds.iter().map(|(copied, _)| rate(copied)).collect());
    let ingested = median(rounds.iter().map(|(_, ingested)| rate(ingested)).collect());
    let ratio = median(rounds.iter().map(|(copied, ingested)| rate(ingested) / rate(copied)).collect());
    println!(
        "{database}: copied {copied:.0}/s, ingested {ingested:.0}/s, ratio {ratio:.2} (medians of {} rounds)",
        rounds.len()
    );
    for (copied, ingested) in rounds {
        println!(
            "  {:.3} s  {:.3} s  {:.2}",
            copied.as_secs_f64(),
            ingested.as_secs_f64(),
            rate(ingested) / rate(copied)
        );
    }
}
