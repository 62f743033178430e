//! Search by `find` with filters.

use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::connect;
use super::entity::car;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{BEFORE, CatalogueSearch, PAGE, Search};

pub(super) struct Find {
    connection: DatabaseConnection,
}

impl Contender<CatalogueSearch> for Find {
    const TECHNIQUE: &'static str = "find().filter()";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(&place.url, 1).await? })
    }

    async fn run(&mut self, searches: Vec<Search>) -> Result<Tally> {
        let mut tally = Tally::default();
        for Search { make, from_year } in searches {
            let mut query = car::Entity::find();
            if let Some(make) = make {
                query = query.filter(car::Column::Make.eq(make));
            }
            if let Some(year) = from_year {
                query = query.filter(car::Column::Year.gte(year));
            }
            let query = query.order_by_asc(car::Column::PriceMxn).order_by_asc(car::Column::Id);
            let query = query.limit(u64::from(PAGE)).offset(u64::from(BEFORE));
            for c in query.all(&self.connection).await? {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok(tally)
    }
}
