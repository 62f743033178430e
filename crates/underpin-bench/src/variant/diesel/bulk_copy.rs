//! Bulk insert by Diesel's own COPY, in the binary format.

use diesel::prelude::*;

use super::diesel_rows::{CarRow, cars, rows};
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::Bulk;

pub(super) struct Copy {
    connection: PgConnection,
}

impl<W: Bulk> Contender<W> for Copy {
    const TECHNIQUE: &'static str = "copy_from";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::establish(&place.url)? })
    }

    async fn run(&mut self, input: Vec<Car>) -> Result<()> {
        let all: Vec<CarRow> = rows(input);
        diesel::copy_from(cars::table).from_insertable(&all).execute(&mut self.connection)?;
        Ok(())
    }
}
