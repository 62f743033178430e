//! Point get by `find_by_id`.

use sea_orm::{DatabaseConnection, EntityTrait};

use super::connect;
use super::entity::user;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::PointGet;

pub(super) struct Get {
    connection: DatabaseConnection,
}

impl Contender<PointGet> for Get {
    const TECHNIQUE: &'static str = "find_by_id, pool of 1";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place).await? })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in ids {
            let found = user::Entity::find_by_id(id).one(&self.connection).await?;
            let user = found.ok_or("no such user")?;
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}
