//! The tasks of the pool workload on sqlx's pool, without its ping at checkout; the one at return cannot be turned off.

use sea_orm::{DatabaseConnection, EntityTrait};
use tokio::task::JoinSet;

use super::connect;
use super::entity::user;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{CONNECTIONS, Pool};

pub(super) struct Tasks {
    connections: DatabaseConnection,
}

impl Contender<Pool> for Tasks {
    const TECHNIQUE: &'static str = "pool without ping at checkout";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connections: connect(&place.url, u32::try_from(CONNECTIONS)?).await? })
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

async fn gets(connections: DatabaseConnection, ids: Vec<String>) -> Result<Tally> {
    let mut tally = Tally::default();
    for id in ids {
        let found = user::Entity::find_by_id(id).one(&connections).await?;
        let user = found.ok_or("no such user")?;
        tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
    }
    Ok(tally)
}
