//! `GET /borrowers`: borrowers, by name.

use documents_adapter::{Borrowers, Db};
use documents_domain::BorrowerRepository;
use serde::{Deserialize, Serialize};
use underpin_axum::{Json, Problem, Query, RequestUnitOfWork};

use super::{page, problem};
use crate::shape::BorrowerShape;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BorrowerQuery {
    limit: Option<i64>,
    offset: Option<i64>,
}

#[derive(Debug, Serialize)]
pub(super) struct Listed {
    borrowers: Vec<BorrowerShape>,
}

pub(super) async fn borrowers(
    Query(query): Query<BorrowerQuery>,
    mut uow: RequestUnitOfWork<Db>,
) -> Result<Json<Listed>, Problem> {
    let paging = page::paging(query.offset, query.limit)?;
    let borrowers = Borrowers::new(&mut uow).list(paging).await.map_err(problem::of_failure)?;
    Ok(Json(Listed { borrowers: borrowers.iter().map(BorrowerShape::from).collect() }))
}
