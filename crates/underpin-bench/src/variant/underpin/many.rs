//! Underpin's verbs for many rows, on PostgreSQL.

use std::io::{BufRead, BufReader};

use underpin::prelude::*;

use super::mapping::{CarRow, Db};
use super::postgres::connect;
use crate::failure::{Failure, Result};
use crate::memory::resident;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Bulk, Cars, ImportCsv, UpdateByQuery, YEAR};

/// How much more memory an import may take, whatever the number of rows, in KiB.
const BOUND: u64 = 32 * 1024;

/// `insert_many` and `update`.
pub(super) struct Many {
    database: Database<Db>,
}

impl Many {
    async fn at(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await? })
    }
}

impl<W: Bulk> Contender<W> for Many {
    const TECHNIQUE: &'static str = "insert_many";

    async fn open(place: &Place) -> Result<Self> {
        Self::at(place).await
    }

    async fn run(&mut self, cars: Vec<crate::domain::Car>) -> Result<()> {
        let mut uow = self.database.begin().await?;
        uow.insert_many(cars.iter().map(Entity::<Db>::to_row)).execute().await?;
        Ok(uow.commit().await?)
    }
}

/// One line of the file; no value in it has a comma.
fn row(line: std::io::Result<String>) -> Result<CarRow> {
    let line = line?;
    let mut cells = line.split(',');
    let mut next = || cells.next().ok_or("a line has fewer cells");
    Ok(CarRow {
        id: next()?.to_owned(),
        make: next()?.to_owned(),
        model: next()?.to_owned(),
        year: next()?.parse()?,
        price_mxn: next()?.parse()?,
    })
}

impl Contender<ImportCsv> for Many {
    const TECHNIQUE: &'static str = "try_insert_many";

    async fn open(place: &Place) -> Result<Self> {
        Self::at(place).await
    }

    async fn run(&mut self, cars: Cars) -> Result<()> {
        let before = resident()?.now;
        let mut most = before;
        let mut uow = self.database.begin().await.map_err(Failure::from)?;
        let lines = BufReader::with_capacity(1 << 16, cars.open()?).lines();
        let import = uow.try_insert_many(lines.map(|line| row(line).map_err(Unread))).progress(|rows| {
            if rows.is_multiple_of(10_000) {
                most = most.max(resident().map_or(u64::MAX, |memory| memory.now));
            }
        });
        import.execute().await.map_err(|Unread(error)| error)?;
        uow.commit().await?;
        if most - before > BOUND {
            return Err(format!("the import took {} KiB of memory", most - before).into());
        }
        crate::report::progress(&format!("import-csv: {} KiB more than before", most - before));
        Ok(())
    }
}

/// Why a line was no car, or why the database did not take it.
struct Unread(Failure);

impl From<underpin::Error> for Unread {
    fn from(error: underpin::Error) -> Self {
        Self(error.into())
    }
}

impl Contender<UpdateByQuery> for Many {
    const TECHNIQUE: &'static str = "update";

    async fn open(place: &Place) -> Result<Self> {
        Self::at(place).await
    }

    async fn run(&mut self, make: String) -> Result<u64> {
        let mut uow = self.database.begin().await?;
        let changed =
            uow.update::<CarRow>().set(CarRow::YEAR, YEAR).filter(CarRow::MAKE.eq(make)).execute().await?;
        uow.commit().await?;
        Ok(changed)
    }
}
