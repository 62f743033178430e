//! Underpin on PostgreSQL, as its guide says to use it.

use tokio::task::JoinSet;
use underpin::prelude::*;
use underpin::{Checkout, Database};

use super::many::Many;
use super::mapping::{Db, message};
use crate::domain::{Account, Car, User};
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::{Database as System, Place};
use crate::tally::Tally;
use crate::variant::Contender;
use crate::variant::roster::Roster;
use crate::workload::{
    Batch, Bulk, BulkInsert, BulkInsertBare, CONNECTIONS, Flush, ImportCsv, LoadRows, MixedFlush, PointGet,
    Pool, StreamRows, UnitOfWorkMany, UnitOfWorkOne, UpdateByQuery, Workload,
};

pub(super) fn enlist(roster: &mut Roster) {
    roster
        .desk("underpin", System::Postgres)
        .enter::<PointGet, Held>()
        .enter::<PointGet, OnDatabase>()
        .enter::<LoadRows, OnDatabase>()
        .enter::<UnitOfWorkOne, OnDatabase>()
        .enter::<UnitOfWorkMany, Loaded<User>>()
        .enter::<MixedFlush, Loaded<Account>>()
        .enter::<BulkInsert, OnDatabase>()
        .enter::<BulkInsert, Many>()
        .enter::<BulkInsertBare, OnDatabase>()
        .enter::<BulkInsertBare, Many>()
        .enter::<ImportCsv, Many>()
        .enter::<UpdateByQuery, Many>()
        .enter::<Pool, Tasks>()
        .enter::<StreamRows, OnDatabase>();
}

pub(super) async fn connect(place: &Place, size: usize) -> Result<Database<Db>> {
    let options = underpin::ConnectOptions::parse(&place.url)?.pool_size(size, 0);
    Ok(Database::connect_with(options).await?)
}

fn count(tally: &mut Tally, user: &User) {
    tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
}

/// One connection that is held.
struct Held {
    checkout: Checkout<Db>,
}

impl Contender<PointGet> for Held {
    const TECHNIQUE: &'static str = "get on a held connection";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { checkout: connect(place, 1).await?.checkout().await? })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            count(&mut tally, &self.checkout.get::<User>(id).await?.ok_or("the user is there")?);
        }
        Ok(tally)
    }
}

/// The database itself, with a checkout for each request.
struct OnDatabase {
    database: Database<Db>,
}

impl Contender<PointGet> for OnDatabase {
    const TECHNIQUE: &'static str = "get with a checkout for each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await? })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            count(&mut tally, &self.database.get::<User>(id).await?.ok_or("the user is there")?);
        }
        Ok(tally)
    }
}

impl Contender<LoadRows> for OnDatabase {
    const TECHNIQUE: &'static str = "select";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await? })
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

impl Contender<UnitOfWorkOne> for OnDatabase {
    const TECHNIQUE: &'static str = "unit of work";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await? })
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

impl<W: Bulk> Contender<W> for OnDatabase {
    const TECHNIQUE: &'static str = "unit of work";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await? })
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let mut uow = self.database.begin().await?;
        for mut car in cars {
            uow.add(&mut car)?;
        }
        Ok(uow.commit().await?)
    }
}

impl Contender<StreamRows> for OnDatabase {
    const TECHNIQUE: &'static str = "select in portions of 1000";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await? })
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

/// Entities that an earlier request has loaded.
struct Loaded<E> {
    database: Database<Db>,
    loaded: Vec<E>,
}

impl Contender<UnitOfWorkMany> for Loaded<User> {
    const TECHNIQUE: &'static str = "unit of work, attached entities";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await?, loaded: Vec::new() })
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

impl Contender<MixedFlush> for Loaded<Account> {
    const TECHNIQUE: &'static str = "unit of work, attached entities";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, 1).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        self.loaded = self.database.get_many::<Account>(input.loaded()).await?;
        Ok(())
    }

    async fn run(&mut self, input: Flush) -> Result<()> {
        let mut uow = self.database.begin().await?;
        for mut account in self.loaded.drain(..) {
            uow.attach(&account)?;
            if input.removed.contains(&account.id) {
                uow.remove(&mut account)?;
            } else {
                account.balance += input.credit;
                uow.save(&mut account)?;
            }
        }
        for mut account in input.new {
            uow.add(&mut account)?;
        }
        for event in &input.events {
            uow.append(message(event));
        }
        Ok(uow.commit().await?)
    }
}

/// Tasks that share the pool.
struct Tasks {
    database: Database<Db>,
}

impl Contender<Pool> for Tasks {
    const TECHNIQUE: &'static str = "get with a checkout for each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { database: connect(place, CONNECTIONS).await? })
    }

    async fn run(&mut self, tasks: Vec<Vec<String>>) -> Result<Tally> {
        let mut running = JoinSet::new();
        for ids in tasks {
            let database = self.database.clone();
            running.spawn(async move {
                let mut tally = Tally::default();
                for id in &ids {
                    count(&mut tally, &database.get::<User>(id).await?.ok_or("the user is there")?);
                }
                Result::Ok(tally)
            });
        }
        let mut total = Tally::default();
        while let Some(tally) = running.join_next().await {
            total = total.plus(tally??);
        }
        Ok(total)
    }
}
