//! `finance import`: registers the users of a file.

use std::io::{self, BufRead};
use std::time::SystemTime;

use finance_adapter::FinanceStorage;
use finance_domain::{Email, register_all};

use crate::cli::Import;
use crate::error::{End, Error};
use crate::import::{Progress, Reason, Record, Records, Seen, Source};
use crate::output;

/// What has been done so far.
#[derive(Default)]
struct Tally {
    seen: Seen,
    registered: usize,
    refused: usize,
}

pub(crate) async fn run(storage: &FinanceStorage, import: &Import) -> Result<End, Error> {
    let Source { name, format, reader, progress } = Source::open(import)?;
    let mut records = Records::open(reader, format)?;
    let mut tally = Tally::default();
    loop {
        let batch = read(&mut records, import.batch.into())
            .map_err(|error| tally.stopped(unreadable(&name, &error)))?;
        if batch.is_empty() {
            break;
        }
        let refused = register(storage, batch, &mut tally).await.map_err(|error| tally.stopped(error))?;
        tell(&refused, &name, &progress);
        progress.registered(tally.registered);
    }
    progress.end();
    output::line(&format!("{} registered, {} refused", tally.registered, tally.refused))?;
    if tally.refused == 0 {
        return Ok(End::Done);
    }
    output::note("hint: mend the lines that were refused and import them again; all others are done");
    Ok(End::Refused)
}

/// So many lines, or those that are left.
fn read(records: &mut Records<impl BufRead>, lines: usize) -> io::Result<Vec<Record>> {
    let mut batch = Vec::with_capacity(lines);
    while batch.len() < lines {
        match records.next()? {
            Some(record) => batch.push(record),
            None => break,
        }
    }
    Ok(batch)
}

/// Registers a batch in one unit of work, and gives the lines that were refused, in their order.
async fn register(
    storage: &FinanceStorage,
    batch: Vec<Record>,
    tally: &mut Tally,
) -> Result<Vec<(u64, Reason)>, Error> {
    let emails: Vec<Email> = batch.iter().filter_map(|record| record.email.as_ref().ok().cloned()).collect();
    let mut outcomes = register_all(storage, &emails, SystemTime::now()).await?.into_iter();
    let mut refused = Vec::new();
    for Record { line, email } in batch {
        match email {
            Err(reason) => refused.push((line, reason)),
            // There is an outcome for each address, in their order.
            Ok(email) => match outcomes.next() {
                Some(Ok(_)) => {
                    tally.seen.insert(&email, line);
                    tally.registered += 1;
                }
                _ => refused.push((line, taken(&email, &tally.seen))),
            },
        }
    }
    tally.refused += refused.len();
    Ok(refused)
}

fn taken(email: &Email, seen: &Seen) -> Reason {
    match seen.line(email) {
        Some(line) => Reason::SameAs(email.to_string(), line),
        None => Reason::Taken(email.to_string()),
    }
}

fn tell(refused: &[(u64, Reason)], name: &str, progress: &Progress) {
    if !refused.is_empty() {
        progress.aside(|| {
            refused.iter().for_each(|(line, reason)| output::note(&format!("{name}:{line}: {reason}")))
        });
    }
}

fn unreadable(name: &str, error: &io::Error) -> Error {
    Error::mistake(
        format!("{name} cannot be read any further: {error}"),
        "mend the file, then import it again",
    )
}

impl Tally {
    /// An error that ends the import before the end of the file; what was committed before stays.
    fn stopped(&self, error: Error) -> Error {
        match error {
            Error::Told { end, message, hint } => Error::Told {
                end,
                message: format!(
                    "{message} (the import stopped; {} users had been registered)",
                    self.registered
                ),
                hint: format!("{hint}; an import can be repeated, for nobody is registered twice"),
            },
            Error::ClosedPipe => error,
        }
    }
}
