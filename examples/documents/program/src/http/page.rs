//! Which part of a list a query asks for.

use documents_domain::{InvalidPaging, Paging};
use underpin_axum::Problem;

/// # Errors
/// 422 that names the parameter.
pub(super) fn paging(offset: Option<i64>, limit: Option<i64>) -> Result<Paging, Problem> {
    let first = Paging::default();
    Paging::new(offset.unwrap_or(0), limit.unwrap_or(first.limit().into())).map_err(|why| {
        let field = if why == InvalidPaging::Offset { "offset" } else { "limit" };
        Problem::invalid(field, why.to_string())
    })
}
