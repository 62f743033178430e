//! The tasks of the pool workload on diesel-async's deadpool, which hands out connections without a test query.

use diesel::prelude::*;
use diesel_async::pooled_connection::deadpool::Pool as Connections;
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::task::JoinSet;

use super::diesel_rows::{UserRow, users};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{CONNECTIONS, Pool};

pub(super) struct Tasks {
    connections: Connections<AsyncPgConnection>,
}

impl Contender<Pool> for Tasks {
    const TECHNIQUE: &'static str = "deadpool, Fast";

    async fn open(place: &Place) -> Result<Self> {
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        let manager = AsyncDieselConnectionManager::new_with_config(&place.url, config);
        Ok(Self { connections: Connections::builder(manager).max_size(CONNECTIONS).build()? })
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

async fn gets(connections: Connections<AsyncPgConnection>, ids: Vec<String>) -> Result<Tally> {
    let mut tally = Tally::default();
    for id in &ids {
        let mut connection = connections.get().await?;
        let user = users::table.find(id).select(UserRow::as_select()).first(&mut connection).await?;
        tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
    }
    Ok(tally)
}
