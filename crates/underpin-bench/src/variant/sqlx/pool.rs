//! The tasks of the pool workload on sqlx's pool, with and without its ping at checkout; the one at return cannot be turned off.

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use tokio::task::JoinSet;

use super::point_get::GET;
use super::rows::UserRow;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{CONNECTIONS, Pool};

pub(super) struct Tasks<const PING: bool> {
    connections: PgPool,
}

impl<const PING: bool> Contender<Pool> for Tasks<PING> {
    const TECHNIQUE: &'static str = if PING { "pool as it comes" } else { "pool without ping at checkout" };

    async fn open(place: &Place) -> Result<Self> {
        let options =
            PgPoolOptions::new().max_connections(u32::try_from(CONNECTIONS)?).test_before_acquire(PING);
        Ok(Self { connections: options.connect(&place.url).await? })
    }

    async fn run(&mut self, tasks: Vec<Vec<String>>) -> Result<Tally> {
        let mut running = JoinSet::new();
        for ids in tasks {
            running.spawn(gets(self.connections.clone(), ids));
        }
        let mut total = Tally::default();
        while let Some(tally) = running.join_next().await {
            total = total.plus(tally??);
        }
        Ok(total)
    }
}

async fn gets(connections: PgPool, ids: Vec<String>) -> Result<Tally> {
    let mut tally = Tally::default();
    for id in &ids {
        let user: UserRow = sqlx::query_as(GET).bind(id).fetch_one(&connections).await?;
        tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
    }
    Ok(tally)
}
