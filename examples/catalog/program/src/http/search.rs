//! `GET /cars`: the cars that fit, a page at a time.

use axum::extract::State;
use catalog_adapter::Catalog;
use catalog_domain::{browse_catalog, search_catalog};
use serde::Serialize;
use underpin_axum::{Json, Problem, Query};

use super::query::{CarQuery, Part};
use crate::car_shape::CarShape;
use crate::cursor::Cursor;

#[derive(Debug, Serialize)]
pub(super) struct Found {
    cars: Vec<CarShape>,
    /// What the parameter `after` of the next page is, if there may be one.
    next: Option<String>,
}

pub(super) async fn search(
    State(mut catalog): State<Catalog>,
    Query(query): Query<CarQuery>,
) -> Result<Json<Found>, Problem> {
    let (part, limit) = query.part()?;
    let filters = query.filters()?;
    let cars = match part {
        Part::Offset(paging) => search_catalog(&mut catalog, &filters, paging).await?,
        Part::Behind(page) => browse_catalog(&mut catalog, &filters, page).await?.0,
    };
    let next = Cursor::behind(&cars, limit).map(|cursor| cursor.to_string());
    Ok(Json(Found { cars: cars.iter().map(CarShape::from).collect(), next }))
}
