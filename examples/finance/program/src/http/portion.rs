//! How much of a list one answer has.

use underpin::Error;
use underpin_axum::Problem;

/// How many if nothing is said.
const USUAL: i64 = 20;

/// The most of one answer.
const MOST: u32 = 200;

/// How many at most.
///
/// # Errors
/// 422 that names the parameter.
pub(super) fn size(limit: Option<i64>) -> Result<u32, Problem> {
    match u32::try_from(limit.unwrap_or(USUAL)) {
        Ok(size @ 1..=MOST) => Ok(size),
        _ => Err(Problem::invalid("limit", format!("it is not 1 to {MOST}"))),
    }
}

/// Why there is no such part: because of a place that is one of another list, or for a reason of the database.
pub(super) fn problem(error: Error) -> Problem {
    if error.is_cursor() {
        return Problem::invalid("after", error.to_string());
    }
    error.into()
}
