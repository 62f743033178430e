//! Search by `QueryBuilder`.

use sqlx::{Connection, PgConnection, QueryBuilder};

use super::rows::CarRow;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{BEFORE, CatalogueSearch, PAGE, Search};

pub(super) struct Built {
    connection: PgConnection,
}

impl Contender<CatalogueSearch> for Built {
    const TECHNIQUE: &'static str = "QueryBuilder, build_query_as";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::connect(&place.url).await? })
    }

    async fn run(&mut self, searches: Vec<Search>) -> Result<Tally> {
        let mut tally = Tally::default();
        for Search { make, from_year } in searches {
            let mut query = QueryBuilder::new("SELECT id, make, model, year, price_mxn FROM cars");
            let mut before = " WHERE ";
            if let Some(make) = make {
                query.push(before).push("make = ").push_bind(make);
                before = " AND ";
            }
            if let Some(year) = from_year {
                query.push(before).push("year >= ").push_bind(year);
            }
            query.push(" ORDER BY price_mxn ASC, id ASC LIMIT ").push_bind(i64::from(PAGE));
            query.push(" OFFSET ").push_bind(i64::from(BEFORE));
            let cars: Vec<CarRow> = query.build_query_as().fetch_all(&mut self.connection).await?;
            for c in &cars {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok(tally)
    }
}
