//! Bulk insert row by row with one held statement in one transaction, which is the limit of SQLite.

use rusqlite::{Connection, TransactionBehavior, params};

use crate::domain::Car;
use crate::failure::Result;
use crate::stage::{Place, open_sqlite};
use crate::tally::cents;
use crate::variant::Contender;
use crate::workload::Bulk;

const ADD: &str = "INSERT INTO cars (id, make, model, year, price_mxn) VALUES (?1, ?2, ?3, ?4, ?5)";

pub(super) struct OneByOne {
    connection: Connection,
}

impl<W: Bulk> Contender<W> for OneByOne {
    const TECHNIQUE: &'static str = "row by row, held statement";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: open_sqlite(&place.file)? })
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut add = transaction.prepare_cached(ADD)?;
            for c in &cars {
                add.execute(params![c.id, c.make, c.model, c.year, cents(c.price_mxn)])?;
            }
        }
        Ok(transaction.commit()?)
    }
}
