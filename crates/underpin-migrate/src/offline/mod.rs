//! A plan as a script for `psql` or the `sqlite3` shell.

use std::fmt;

use crate::Plan;

/// A script that does what a plan does, journal included, when `psql` or the `sqlite3` shell runs it.
#[derive(Debug, Clone, Copy)]
pub struct OfflineScript<'p> {
    plan: &'p Plan,
}

/// The script of a plan.
#[must_use]
pub fn offline(plan: &Plan) -> OfflineScript<'_> {
    OfflineScript { plan }
}

impl fmt::Display for OfflineScript<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.plan.fmt(f)
    }
}
