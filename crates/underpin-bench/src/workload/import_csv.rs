//! Import: 1,000,000 cars from a CSV file into an empty table with its primary key, in bounded memory.
//!
//! Checked: the number of cars, the sum of their years, and the sum of their prices to the hundredth.

use std::fs::File;
use std::io::{BufWriter, Write};

use tempfile::NamedTempFile;

use super::{Workload, count};
use crate::failure::{Failure, Result};
use crate::sample;
use crate::stage::{Store, same};
use crate::tally::cents;
use crate::variant::{Entry, Roster};

/// How many cars the file has.
const CARS: usize = 1_000_000;

/// See the module.
pub(crate) struct ImportCsv;

/// A file of cars, gone when it is dropped.
pub(crate) struct Cars(Result<NamedTempFile>);

impl Cars {
    fn write() -> Result<NamedTempFile> {
        let file = tempfile::Builder::new().prefix("underpin_cars_").suffix(".csv").tempfile()?;
        let mut out = BufWriter::new(file.as_file());
        for car in (0..CARS).map(sample::car) {
            writeln!(out, "{},{},{},{},{}", car.id, car.make, car.model, car.year, car.price_mxn)?;
        }
        out.flush()?;
        drop(out);
        Ok(file)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> Result<&std::path::Path> {
        match &self.0 {
            Ok(file) => Ok(file.path()),
            Err(error) => Err(Failure::from(format!("the CSV file was not written: {error}"))),
        }
    }

    /// The file, to be read.
    pub(crate) fn open(&self) -> Result<File> {
        Ok(File::open(self.path()?)?)
    }
}

impl Workload for ImportCsv {
    const NAME: &'static str = "import-csv";
    const UNIT: &'static str = "1,000,000 rows, primary key only";
    const STEPS: usize = 1;
    const EACH_ROUND: usize = 1;

    type Input = Cars;
    type Output = ();

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.import_csv
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.index_cars(false).await
    }

    async fn reset(store: &mut Store) -> Result<()> {
        store.clear().await
    }

    fn input(_: usize) -> Cars {
        Cars(Cars::write())
    }

    async fn check(store: &mut Store, _: Vec<()>) -> Result<()> {
        let years: i64 = (0..CARS).map(|n| i64::from(sample::car(n).year)).sum();
        let prices: i64 = (0..CARS).map(|n| cents(sample::car(n).price_mxn)).sum();
        store.expect("SELECT count(*) FROM cars", count(CARS)).await?;
        store.expect("SELECT sum(year) FROM cars", years).await?;
        same("the sum of prices", store.cents("cars", "price_mxn").await?, prices)
    }
}
