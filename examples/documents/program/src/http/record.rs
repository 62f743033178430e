//! `POST /borrowers`: takes in a borrower with all that was read about them.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use documents_adapter::{Db, Lent};
use documents_domain::record_borrower;
use underpin_axum::{Json, Problem, RequestUnitOfWork};

use super::problem;
use crate::shape::{BorrowerShape, Object, OfferedBorrower};

pub(super) async fn record(
    uow: RequestUnitOfWork<Db>,
    Json(Object(offered)): Json<Object<OfferedBorrower>>,
) -> Result<impl IntoResponse, Problem> {
    let mut borrower = offered.taken().map_err(|refused| Problem::invalid(refused.field, refused.why))?;
    record_borrower(&mut Lent(uow), &mut borrower).await.map_err(problem::of_failure)?;
    let place = format!("/borrowers/{}", borrower.id());
    Ok((StatusCode::CREATED, [(LOCATION, place)], Json(BorrowerShape::from(&borrower))))
}
