//! Bulk insert by UNNEST, 10,000 rows per statement, the next one sent while the server works on the last.

use futures_util::{StreamExt, TryStreamExt, stream};
use rust_decimal::Decimal;
use tokio_postgres::{Client, Error, Statement, Transaction};

use super::connect;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::Bulk;

const ADD: &str = "
    INSERT INTO cars (id, make, model, year, price_mxn)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::numeric[])
";

pub(super) struct Unnest {
    client: Client,
    add: Statement,
}

impl<W: Bulk> Contender<W> for Unnest {
    const TECHNIQUE: &'static str = "UNNEST, 10,000 rows each, pipelined";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let add = client.prepare(ADD).await?;
        Ok(Self { client, add })
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let transaction = self.client.transaction().await?;
        let parts = cars.chunks(10_000).map(|part| add(&transaction, &self.add, part)).collect::<Vec<_>>();
        stream::iter(parts).buffered(2).try_for_each(|_| async { Ok(()) }).await?;
        Ok(transaction.commit().await?)
    }
}

async fn add(open: &Transaction<'_>, add: &Statement, part: &[Car]) -> std::result::Result<u64, Error> {
    let ids: Vec<&str> = part.iter().map(|c| c.id.as_str()).collect();
    let makes: Vec<&str> = part.iter().map(|c| c.make.as_str()).collect();
    let models: Vec<&str> = part.iter().map(|c| c.model.as_str()).collect();
    let years: Vec<i32> = part.iter().map(|c| c.year).collect();
    let prices: Vec<Decimal> = part.iter().map(|c| c.price_mxn).collect();
    open.execute(add, &[&ids, &makes, &models, &years, &prices]).await
}
