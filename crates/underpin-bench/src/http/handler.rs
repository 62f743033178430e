//! The handler of the catalogue once more, on rows of tokio-postgres: the same query, domain and JSON.

use axum::extract::State;
use catalog_domain::{Car, CatalogFilters};
use rust_decimal::Decimal;
use serde::Serialize;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use underpin_axum::{Json, Problem, Query};

use super::query::{CarQuery, Part};
use crate::car_shape::CarShape;
use crate::cursor::Cursor;
use crate::failure::Result;

const ALL: &str = r#"SELECT "id", "make", "model", "year", "price_mxn" FROM "cars" ORDER BY "price_mxn" ASC, "id" ASC LIMIT $1 OFFSET $2"#;

const SOME: &str = r#"SELECT "id", "make", "model", "year", "price_mxn" FROM "cars" WHERE lower("make") = lower($1::text) AND "year" >= $2 AND "price_mxn" <= $3 ORDER BY "price_mxn" ASC, "id" ASC LIMIT $4 OFFSET $5"#;

/// The statements that the benchmark asks for, as Underpin writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Without a filter.
    All,
    /// By make, first year and highest price.
    Some,
}

impl Look {
    pub(super) const ALL: [Self; 2] = [Self::All, Self::Some];

    pub(super) fn sql(self) -> &'static str {
        match self {
            Self::All => ALL,
            Self::Some => SOME,
        }
    }
}

/// Whatever has connections.
pub(super) trait Cars: Clone + Send + Sync + 'static {
    /// The rows of a statement.
    fn look(
        &self,
        look: Look,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> impl Future<Output = Result<Vec<Row>>> + Send;
}

#[derive(Debug, Serialize)]
pub(super) struct Found {
    cars: Vec<CarShape>,
    next: Option<String>,
}

/// `GET /cars`.
pub(super) async fn cars<C: Cars>(
    State(source): State<C>,
    Query(query): Query<CarQuery>,
) -> std::result::Result<Json<Found>, Problem> {
    let (part, limit) = query.part()?;
    let filters = query.filters()?;
    let Part::Offset(paging) = part else { return Err(unmeasured()) };
    let offset = i64::try_from(paging.offset()).unwrap_or(i64::MAX);
    let cars = found(&source, &filters, limit.into(), offset).await?;
    let next = Cursor::behind(&cars, limit).map(|cursor| cursor.to_string());
    Ok(Json(Found { cars: cars.iter().map(CarShape::from).collect(), next }))
}

async fn found(
    source: &impl Cars,
    filters: &CatalogFilters,
    limit: i64,
    offset: i64,
) -> std::result::Result<Vec<Car>, Problem> {
    let (years, prices) = (filters.years_wanted(), filters.prices_wanted());
    let rows = match (filters.make_wanted(), years.low(), prices.high()) {
        (None, None, None) => source.look(Look::All, &[&limit, &offset]).await,
        (Some(make), Some(year), Some(price)) => {
            let (make, year, price) = (make.as_str(), i32::from(year.get()), price.amount());
            source.look(Look::Some, &[&make, &year, &price, &limit, &offset]).await
        }
        _ => return Err(unmeasured()),
    };
    rows.and_then(|rows| rows.iter().map(car).collect()).map_err(|_| Problem::internal())
}

fn car(row: &Row) -> Result<Car> {
    Ok(Car {
        id: row.try_get::<_, &str>(0)?.parse()?,
        make: row.try_get::<_, &str>(1)?.parse()?,
        model: row.try_get::<_, &str>(2)?.parse()?,
        year: i64::from(row.try_get::<_, i32>(3)?).try_into()?,
        price: row.try_get::<_, Decimal>(4)?.try_into()?,
    })
}

/// The benchmark asks for nothing else, and there is no statement for it.
fn unmeasured() -> Problem {
    Problem::new(axum::http::StatusCode::NOT_IMPLEMENTED)
}
