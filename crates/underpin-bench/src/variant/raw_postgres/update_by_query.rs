//! Update by query with a held statement, which the server runs in a transaction of its own.

use tokio_postgres::{Client, Statement};

use super::connect;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{UpdateByQuery, YEAR};

pub(super) struct Update {
    client: Client,
    statement: Statement,
}

impl Contender<UpdateByQuery> for Update {
    const TECHNIQUE: &'static str = "UPDATE";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let statement = client.prepare("UPDATE cars SET year = $1 WHERE make = $2").await?;
        Ok(Self { client, statement })
    }

    async fn run(&mut self, make: String) -> Result<u64> {
        Ok(self.client.execute(&self.statement, &[&YEAR, &make]).await?)
    }
}
