//! `GET /borrowers/{id}`: a borrower with all that was read about them.

use documents_adapter::{Borrowers, Db};
use documents_domain::{BorrowerId, BorrowerRepository};
use underpin_axum::{Json, Path, Problem, RequestUnitOfWork};

use super::problem;
use crate::shape::BorrowerShape;

pub(super) async fn borrower(
    Path(id): Path<String>,
    mut uow: RequestUnitOfWork<Db>,
) -> Result<Json<BorrowerShape>, Problem> {
    let id: BorrowerId = id.parse().map_err(|_| Problem::not_found())?;
    let borrower = Borrowers::new(&mut uow).get(id).await.map_err(problem::of_failure)?;
    Ok(Json(BorrowerShape::from(&borrower.ok_or_else(Problem::not_found)?)))
}
