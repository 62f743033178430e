//! Underpin on SQLite from async tasks: one hop to a thread for each request.

use underpin::Database;
use underpin::prelude::*;

use super::mapping::{Db, message};
use crate::domain::{Car, User};
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::{Database as System, Place};
use crate::tally::Tally;
use crate::variant::Contender;
use crate::variant::roster::Roster;
use crate::workload::{
    Batch, Bulk, BulkInsert, BulkInsertBare, LoadRows, PointGet, StreamRows, UnitOfWorkMany, UnitOfWorkOne,
    Workload,
};

pub(super) fn enlist(roster: &mut Roster) {
    roster
        .desk("underpin-async", System::Sqlite)
        .enter::<PointGet, Async>()
        .enter::<LoadRows, Async>()
        .enter::<UnitOfWorkOne, Async>()
        .enter::<UnitOfWorkMany, Async>()
        .enter::<BulkInsert, Async>()
        .enter::<BulkInsertBare, Async>()
        .enter::<StreamRows, Async>();
}

struct Async {
    database: Database<Db>,
    loaded: Vec<User>,
}

async fn open(place: &Place) -> Result<Async> {
    let url = format!("sqlite:{}", place.file.display());
    Ok(Async { database: Database::connect(&url).await?, loaded: Vec::new() })
}

impl Contender<PointGet> for Async {
    const TECHNIQUE: &'static str = "get, async";

    async fn open(place: &Place) -> Result<Self> {
        open(place).await
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            let user = self.database.get::<User>(id).await?.ok_or("the user is there")?;
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}

impl Contender<LoadRows> for Async {
    const TECHNIQUE: &'static str = "select, async";

    async fn open(place: &Place) -> Result<Self> {
        open(place).await
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let cars = self.database.select::<Car>().all().await?;
        let mut tally = Tally::default();
        for c in &cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
        }
        Ok(tally)
    }
}

impl Contender<UnitOfWorkOne> for Async {
    const TECHNIQUE: &'static str = "unit of work, async";

    async fn open(place: &Place) -> Result<Self> {
        open(place).await
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (mut user, event) in input {
            let mut uow = self.database.begin().await?;
            uow.add(&mut user)?;
            uow.append(message(&event));
            uow.commit().await?;
        }
        Ok(())
    }
}

impl Contender<UnitOfWorkMany> for Async {
    const TECHNIQUE: &'static str = "unit of work, attached entities, async";

    async fn open(place: &Place) -> Result<Self> {
        open(place).await
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.loaded = self.database.get_many::<User>(&input.changed).await?;
        Ok(())
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let mut uow = self.database.begin().await?;
        for mut user in self.loaded.drain(..) {
            uow.attach(&user)?;
            user.email_verified = true;
            uow.save(&mut user)?;
        }
        for mut user in input.new {
            uow.add(&mut user)?;
        }
        for event in &input.events {
            uow.append(message(event));
        }
        Ok(uow.commit().await?)
    }
}

impl<W: Bulk> Contender<W> for Async {
    const TECHNIQUE: &'static str = "unit of work, async";

    async fn open(place: &Place) -> Result<Self> {
        open(place).await
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let mut uow = self.database.begin().await?;
        for mut car in cars {
            uow.add(&mut car)?;
        }
        Ok(uow.commit().await?)
    }
}

impl Contender<StreamRows> for Async {
    const TECHNIQUE: &'static str = "select in portions of 1000, async";

    async fn open(place: &Place) -> Result<Self> {
        open(place).await
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let mut failure = None;
        let read = self.database.select::<Car>().portions(1_000, |cars| {
            for c in cars {
                if let Err(error) = gauge.car(&c.id, &c.make, &c.model, c.year, c.price_mxn) {
                    failure = Some(error);
                }
            }
            Ok::<(), underpin::Error>(())
        });
        read.await?;
        match failure {
            Some(error) => Err(error),
            None => Ok(gauge),
        }
    }
}
