//! Executing the writes of a transaction again on another state.

use std::sync::Arc;

use underpin_core::Result;

use crate::apply::apply;
use crate::log::Logged;
use crate::rules::Rules;
use crate::state::State;

/// The state after the writes of a log, with all their checks: a version that has moved is stale, a value that was
/// taken is a violation.
///
/// # Errors
/// What the first write fails with that cannot be executed any more.
pub(crate) fn replay(rules: &Rules, onto: &State, now: i64, log: &[Arc<Logged>]) -> Result<State> {
    let mut state = onto.clone();
    for logged in log {
        apply(rules, &mut state, now, logged)?;
    }
    Ok(state)
}
