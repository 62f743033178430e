//! The tasks of the pool workload, each a task of the runtime.

use deadpool_postgres::Pool as Connections;
use tokio::task::JoinSet;

use super::{connections, get};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{CONNECTIONS, Pool};

pub(super) struct Tasks {
    connections: Connections,
}

impl Contender<Pool> for Tasks {
    const TECHNIQUE: &'static str = "Fast";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connections: connections(&place.url, CONNECTIONS)? })
    }

    async fn run(&mut self, tasks: Vec<Vec<String>>) -> Result<Tally> {
        let mut running = JoinSet::new();
        for ids in tasks {
            let connections = self.connections.clone();
            running.spawn(async move {
                let mut tally = Tally::default();
                for id in &ids {
                    let user = get(&connections, id).await?;
                    tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
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
