//! Looking for cars, whoever runs the query: a database or a unit of work.

use catalog_domain::{Car, CarId, CatalogFilters, MakeStatistics, Page, Paging, Price};
use rust_decimal::Decimal;
use underpin::query::count;
use underpin::{Error, MappingError, OrderBy, Reads, Result};

use crate::Db;
use crate::row::CarRow;

/// Which part of a result is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// What it follows in the order.
    pub(crate) after: Option<(Price, CarId)>,
    /// How many are left out.
    pub(crate) offset: u64,
    /// How many there are at most.
    pub(crate) limit: u16,
}

impl Part {
    pub(crate) fn of_paging(paging: Paging) -> Self {
        Self { after: None, offset: paging.offset(), limit: paging.limit() }
    }

    pub(crate) fn of_page(page: Page) -> Self {
        Self { after: page.place(), offset: 0, limit: page.limit() }
    }
}

/// By price, and among equal prices by id: a total order.
fn order() -> (OrderBy<CarRow>, OrderBy<CarRow>) {
    (CarRow::PRICE_MXN.asc(), CarRow::ID.asc())
}

/// The cars that fit, in their order.
pub(crate) async fn cars<R: Reads<Db>>(reader: R, filters: &CatalogFilters, part: Part) -> Result<Vec<Car>> {
    let (years, prices) = (filters.years_wanted(), filters.prices_wanted());
    reader
        .select::<Car>()
        .filter_some(filters.make_wanted(), |make| CarRow::MAKE.ieq(make.as_str()))
        .filter_some(filters.model_wanted(), |model| CarRow::MODEL.ieq(model.as_str()))
        .filter_some(years.low(), |year| CarRow::YEAR.ge(year.get()))
        .filter_some(years.high(), |year| CarRow::YEAR.le(year.get()))
        .filter_some(prices.low(), |price| CarRow::PRICE_MXN.ge(price.amount()))
        .filter_some(prices.high(), |price| CarRow::PRICE_MXN.le(price.amount()))
        .filter_some(part.after, |(price, id)| {
            // Said in this way, the index on the price leads to the place.
            let behind = CarRow::PRICE_MXN.gt(price.amount()).or(CarRow::ID.gt(id.to_string()));
            CarRow::PRICE_MXN.ge(price.amount()).and(behind)
        })
        .order_by(order())
        .offset(part.offset)
        .limit(part.limit.into())
        .all()
        .await
}

/// What the cars of each make cost, in the order of the makes.
pub(crate) async fn statistics<R: Reads<Db>>(reader: R) -> Result<Vec<MakeStatistics>> {
    let price = CarRow::PRICE_MXN;
    let makes = reader.query((CarRow::MAKE, count(), price.min(), price.max(), price.sum()));
    let makes = makes.from::<CarRow>().group_by(CarRow::MAKE).all().await?;
    let mut makes = makes.into_iter().map(of_make).collect::<Result<Vec<_>, _>>().map_err(foreign)?;
    // Each database has an order of its own for texts.
    makes.sort_by(|a, b| a.make.cmp(&b.make));
    Ok(makes)
}

fn of_make(
    (make, cars, lowest, highest, total): (String, i64, Decimal, Decimal, Decimal),
) -> Result<MakeStatistics, MappingError> {
    Ok(MakeStatistics {
        make: make.parse()?,
        cars: cars.try_into()?,
        lowest: lowest.try_into()?,
        highest: highest.try_into()?,
        total,
    })
}

/// That another program has put a row there that is no car.
fn foreign(_: MappingError) -> Error {
    Error::mapping("a row of the price statistics is not one of cars as this program writes them")
        .with_hint("`catalog search` names the table and the reason; correct the row")
}
