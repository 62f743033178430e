//! `GET /stats`: what the cars of each make cost.

use axum::extract::State;
use catalog_adapter::Catalog;
use catalog_domain::price_statistics;
use serde::Serialize;
use underpin_axum::{Json, Problem};

use crate::car_shape::MakeShape;

#[derive(Debug, Serialize)]
pub(super) struct Stats {
    makes: Vec<MakeShape>,
}

pub(super) async fn stats(State(mut catalog): State<Catalog>) -> Result<Json<Stats>, Problem> {
    let makes = price_statistics(&mut catalog).await?;
    Ok(Json(Stats { makes: makes.iter().map(MakeShape::from).collect() }))
}
