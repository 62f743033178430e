//! The tasks of the pool workload as 32 threads, since Diesel blocks, on r2d2 without its test at checkout.

use std::thread;

use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool as Connections};

use super::diesel_rows::{UserRow, users};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{CONNECTIONS, Pool};

pub(super) struct Threads {
    connections: Connections<ConnectionManager<PgConnection>>,
}

impl Contender<Pool> for Threads {
    const TECHNIQUE: &'static str = "32 threads, r2d2 without test";

    async fn open(place: &Place) -> Result<Self> {
        let connections = Connections::builder()
            .max_size(u32::try_from(CONNECTIONS)?)
            .test_on_check_out(false)
            .build(ConnectionManager::new(&place.url))?;
        Ok(Self { connections })
    }

    async fn run(&mut self, tasks: Vec<Vec<String>>) -> Result<Tally> {
        let connections = &self.connections;
        thread::scope(|scope| {
            let running: Vec<_> = tasks.iter().map(|ids| scope.spawn(|| gets(connections, ids))).collect();
            running.into_iter().try_fold(Tally::default(), |total, thread| {
                let tally = thread.join().map_err(|_| "a thread panicked")??;
                Ok(total.plus(tally))
            })
        })
    }
}

fn gets(connections: &Connections<ConnectionManager<PgConnection>>, ids: &[String]) -> Result<Tally> {
    let mut tally = Tally::default();
    for id in ids {
        let mut connection = connections.get()?;
        let user = users::table.find(id).select(UserRow::as_select()).first(&mut connection)?;
        tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
    }
    Ok(tally)
}
