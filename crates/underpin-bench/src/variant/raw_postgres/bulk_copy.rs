//! Bulk insert by COPY in the binary format.

use std::pin::pin;

use tokio_postgres::Client;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

use super::connect;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::Bulk;

const COPY: &str = "COPY cars (id, make, model, year, price_mxn) FROM STDIN (FORMAT binary)";

pub(super) struct Copy {
    client: Client,
}

impl<W: Bulk> Contender<W> for Copy {
    const TECHNIQUE: &'static str = "COPY BINARY";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { client: connect(&place.url).await? })
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let sink = self.client.copy_in(COPY).await?;
        let types = [Type::TEXT, Type::TEXT, Type::TEXT, Type::INT4, Type::NUMERIC];
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
        for c in &cars {
            writer.as_mut().write(&[&c.id, &c.make, &c.model, &c.year, &c.price_mxn]).await?;
        }
        writer.finish().await?;
        Ok(())
    }
}
