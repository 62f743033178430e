//! Point get with a checkout each.

use deadpool_postgres::Pool as Connections;

use super::{connections, get};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::PointGet;

pub(super) struct Get {
    connections: Connections,
}

impl Contender<PointGet> for Get {
    const TECHNIQUE: &'static str = "checkout for each, Fast";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connections: connections(&place.url, 1)? })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            let user = get(&self.connections, id).await?;
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}
