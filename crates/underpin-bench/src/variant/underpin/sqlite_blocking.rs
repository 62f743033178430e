//! Underpin on SQLite without async: everything on the calling thread.

use underpin::blocking::Database;
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
        .desk("underpin", System::Sqlite)
        .enter::<PointGet, Blocking>()
        .enter::<LoadRows, Blocking>()
        .enter::<UnitOfWorkOne, Blocking>()
        .enter::<UnitOfWorkMany, Blocking>()
        .enter::<BulkInsert, Blocking>()
        .enter::<BulkInsertBare, Blocking>()
        .enter::<StreamRows, Blocking>();
}

struct Blocking {
    database: Database<Db>,
    loaded: Vec<User>,
}

fn open(place: &Place) -> Result<Blocking> {
    let url = format!("sqlite:{}", place.file.display());
    Ok(Blocking { database: Database::connect(&url)?, loaded: Vec::new() })
}

impl Contender<PointGet> for Blocking {
    const TECHNIQUE: &'static str = "get";

    async fn open(place: &Place) -> Result<Self> {
        open(place)
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            let user = self.database.get::<User>(id)?.ok_or("the user is there")?;
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}

impl Contender<LoadRows> for Blocking {
    const TECHNIQUE: &'static str = "select";

    async fn open(place: &Place) -> Result<Self> {
        open(place)
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let cars = self.database.select::<Car>(|cars| cars)?;
        let mut tally = Tally::default();
        for c in &cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
        }
        Ok(tally)
    }
}

impl Contender<UnitOfWorkOne> for Blocking {
    const TECHNIQUE: &'static str = "unit of work";

    async fn open(place: &Place) -> Result<Self> {
        open(place)
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (mut user, event) in input {
            let mut uow = self.database.begin()?;
            uow.add(&mut user)?;
            uow.append(message(&event));
            uow.commit()?;
        }
        Ok(())
    }
}

impl Contender<UnitOfWorkMany> for Blocking {
    const TECHNIQUE: &'static str = "unit of work, attached entities";

    async fn open(place: &Place) -> Result<Self> {
        open(place)
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.loaded = self.database.get_many::<User>(&input.changed)?;
        Ok(())
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let mut uow = self.database.begin()?;
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
        Ok(uow.commit()?)
    }
}

impl<W: Bulk> Contender<W> for Blocking {
    const TECHNIQUE: &'static str = "unit of work";

    async fn open(place: &Place) -> Result<Self> {
        open(place)
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let mut uow = self.database.begin()?;
        for mut car in cars {
            uow.add(&mut car)?;
        }
        Ok(uow.commit()?)
    }
}

impl Contender<StreamRows> for Blocking {
    const TECHNIQUE: &'static str = "select in portions of 1000";

    async fn open(place: &Place) -> Result<Self> {
        open(place)
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let mut failure = None;
        self.database.portions::<Car>(
            |cars| cars,
            1_000,
            |cars| {
                for c in cars {
                    if let Err(error) = gauge.car(&c.id, &c.make, &c.model, c.year, c.price_mxn) {
                        failure = Some(error);
                    }
                }
                Ok(())
            },
        )?;
        match failure {
            Some(error) => Err(error),
            None => Ok(gauge),
        }
    }
}
