//! Underpin's search and pages, on PostgreSQL; pages on SQLite too.

use underpin::Database;
use underpin::prelude::*;
use underpin::query::Cursor;

use super::mapping::{CarRow, Db};
use super::postgres::connect;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::{Database as System, Place};
use crate::tally::Tally;
use crate::variant::Contender;
use crate::variant::roster::Roster;
use crate::workload::{BEFORE, CatalogueSearch, KeysetPage, LATE_PAGE, PAGE, PAGE_OF_CARS, PageRead, Search};

pub(super) fn enlist(roster: &mut Roster) {
    roster
        .desk("underpin", System::Postgres)
        .enter::<CatalogueSearch, Searches>()
        .enter::<KeysetPage, Pages<1>>()
        .enter::<KeysetPage, Pages<2>>()
        .enter::<KeysetPage, Pages<LATE_PAGE>>();
    roster
        .desk("underpin-async", System::Sqlite)
        .enter::<KeysetPage, FilePages<1>>()
        .enter::<KeysetPage, FilePages<2>>()
        .enter::<KeysetPage, FilePages<LATE_PAGE>>();
}

/// Queries that are built for each search.
struct Searches {
    database: Database<Db>,
}

impl Contender<CatalogueSearch> for Searches {
    const TECHNIQUE: &'static str = "select, filter_some";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await? })
    }

    async fn run(&mut self, searches: Vec<Search>) -> Result<Tally> {
        let mut tally = Tally::default();
        for Search { make, from_year } in searches {
            let query = self
                .database
                .select::<Car>()
                .filter_some(make, |make| CarRow::MAKE.eq(make))
                .filter_some(from_year, |year| CarRow::YEAR.ge(year))
                .order_by((CarRow::PRICE_MXN.asc(), CarRow::ID.asc()))
                .limit(PAGE.into())
                .offset(BEFORE.into());
            for c in query.all().await? {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok(tally)
    }
}

/// One page, read again and again by its cursor.
struct Pages<const NUMBER: usize> {
    database: Database<Db>,
    behind: Option<Cursor>,
}

const fn technique(number: usize) -> &'static str {
    match number {
        1 => "page 1",
        LATE_PAGE => "page 10,000",
        _ => "page 2",
    }
}

/// The cursor of the page with this number: that of the page before it.
async fn behind(database: &Database<Db>, number: usize) -> Result<Option<Cursor>> {
    let Some(before) = number.checked_sub(2) else { return Ok(None) };
    let from = crate::sample::car(before * PAGE_OF_CARS).id;
    let page = database.select::<Car>().filter(CarRow::ID.ge(from)).order_by(CarRow::ID.asc());
    Ok(page.page(u32::try_from(PAGE_OF_CARS)?, None).await?.next)
}

impl<const NUMBER: usize> Pages<NUMBER> {
    async fn read(&self, times: usize) -> Result<PageRead> {
        let mut tally = Tally::default();
        for _ in 0..times {
            let query = self.database.select::<Car>().order_by(CarRow::ID.asc());
            for c in query.page(u32::try_from(PAGE_OF_CARS)?, self.behind.as_ref()).await?.items {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok((NUMBER, tally))
    }
}

impl<const NUMBER: usize> Contender<KeysetPage> for Pages<NUMBER> {
    const TECHNIQUE: &'static str = technique(NUMBER);

    async fn open(place: &Place) -> Result<Self> {
        let database = connect(place, 1).await?;
        let behind = behind(&database, NUMBER).await?;
        Ok(Self { database, behind })
    }

    async fn run(&mut self, times: usize) -> Result<PageRead> {
        self.read(times).await
    }
}

/// The same in a file, from async tasks.
struct FilePages<const NUMBER: usize>(Pages<NUMBER>);

impl<const NUMBER: usize> Contender<KeysetPage> for FilePages<NUMBER> {
    const TECHNIQUE: &'static str = technique(NUMBER);

    async fn open(place: &Place) -> Result<Self> {
        let database = Database::connect(&format!("sqlite:{}", place.file.display())).await?;
        let behind = behind(&database, NUMBER).await?;
        Ok(Self(Pages { database, behind }))
    }

    async fn run(&mut self, times: usize) -> Result<PageRead> {
        self.0.read(times).await
    }
}
