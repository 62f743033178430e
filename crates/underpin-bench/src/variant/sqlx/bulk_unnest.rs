//! Bulk insert by hand-written UNNEST, which sqlx's own FAQ recommends, 10,000 rows per statement in one transaction.

use rust_decimal::Decimal;
use sqlx::{Connection, PgConnection};

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
    connection: PgConnection,
}

impl<W: Bulk> Contender<W> for Unnest {
    const TECHNIQUE: &'static str = "UNNEST by hand, 10,000 rows each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::connect(&place.url).await? })
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let mut transaction = self.connection.begin().await?;
        for part in cars.chunks(10_000) {
            sqlx::query(ADD)
                .bind(part.iter().map(|c| c.id.as_str()).collect::<Vec<_>>())
                .bind(part.iter().map(|c| c.make.as_str()).collect::<Vec<_>>())
                .bind(part.iter().map(|c| c.model.as_str()).collect::<Vec<_>>())
                .bind(part.iter().map(|c| c.year).collect::<Vec<_>>())
                .bind(part.iter().map(|c| c.price_mxn).collect::<Vec<Decimal>>())
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}
