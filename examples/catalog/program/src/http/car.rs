//! `GET /cars/{id}`: one car.

use axum::extract::State;
use catalog_adapter::Catalog;
use catalog_domain::CarId;
use underpin_axum::{Json, Path, Problem};

use crate::car_shape::CarShape;

pub(super) async fn car(
    State(catalog): State<Catalog>,
    Path(id): Path<String>,
) -> Result<Json<CarShape>, Problem> {
    // What is no id is the id of no car.
    let id: CarId = id.parse().map_err(|_| Problem::not_found())?;
    let car = catalog.get(id).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(CarShape::from(&car)))
}
