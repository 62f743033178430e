//! `catalog import`: takes in the cars of a file.

use std::io::{self, BufRead};

use catalog_adapter::Catalog;
use catalog_domain::{Car, import_cars};

use crate::cli::Import;
use crate::error::{End, Error};
use crate::import::{Progress, Reason, Record, Records, Source};
use crate::output;

/// What has been done so far.
#[derive(Default)]
struct Tally {
    taken_in: usize,
    refused: usize,
}

/// Some lines: the cars, and the lines that were refused, in their order.
#[derive(Default)]
struct Batch {
    cars: Vec<Car>,
    refused: Vec<(u64, Reason)>,
}

impl Batch {
    fn lines(&self) -> usize {
        self.cars.len() + self.refused.len()
    }
}

pub(crate) async fn run(mut catalog: Catalog, import: &Import) -> Result<End, Error> {
    let Source { name, reader, progress } = Source::open(&import.file)?;
    let mut records = Records::open(reader)?;
    let mut tally = Tally::default();
    loop {
        let batch = read(&mut records, import.batch.into())
            .map_err(|error| tally.stopped(unreadable(&name, &error)))?;
        if batch.lines() == 0 {
            break;
        }
        tally.taken_in +=
            import_cars(&mut catalog, batch.cars).await.map_err(|error| tally.stopped(error.into()))?;
        tally.refused += batch.refused.len();
        tell(&batch.refused, &name, &progress);
        progress.taken_in(tally.taken_in);
    }
    progress.end();
    output::line(&format!("{} taken in, {} refused", tally.taken_in, tally.refused))?;
    if tally.refused == 0 {
        return Ok(End::Done);
    }
    output::note("hint: mend the lines that were refused and import them alone; all others are done");
    Ok(End::Refused)
}

/// So many lines, or those that are left.
fn read(records: &mut Records<impl BufRead>, lines: usize) -> io::Result<Batch> {
    let mut batch = Batch::default();
    while batch.lines() < lines {
        match records.next()? {
            Some(Record { car: Ok(car), .. }) => batch.cars.push(car),
            Some(Record { line, car: Err(reason) }) => batch.refused.push((line, reason)),
            None => break,
        }
    }
    Ok(batch)
}

fn tell(refused: &[(u64, Reason)], name: &str, progress: &Progress) {
    if !refused.is_empty() {
        progress.aside(|| {
            refused.iter().for_each(|(line, reason)| output::note(&format!("{name}:{line}: {reason}")))
        });
    }
}

fn unreadable(name: &str, error: &io::Error) -> Error {
    Error::mistake(format!("{name} cannot be read any further: {error}"), "mend the file")
}

impl Tally {
    /// An error that ends the import before the end of the file; what was committed before stays.
    fn stopped(&self, error: Error) -> Error {
        match error {
            Error::Told { end, message, hint } => Error::Told {
                end,
                message: format!("{message} (the import stopped; {} cars had been taken in)", self.taken_in),
                hint: format!("{hint}; then import the lines that are left"),
            },
            Error::ClosedPipe => error,
        }
    }
}
