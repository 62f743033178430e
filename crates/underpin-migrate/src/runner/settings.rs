//! How a run goes about its work.

use std::time::Duration;

use super::report::{Event, Report};
use crate::Functions;

/// How a run goes about its work.
#[derive(Clone)]
pub(crate) struct Settings<'r> {
    /// How long to wait for another runner.
    pub(crate) lock_wait: Duration,
    /// How long a statement that stops others may wait for its locks.
    pub(crate) lock_timeout: Duration,
    /// How long to try again when somebody was in the way.
    pub(crate) retry_for: Duration,
    pub(crate) applied_by: Option<String>,
    pub(crate) functions: Functions,
    pub(crate) report: Option<&'r dyn Report>,
}

impl Settings<'_> {
    pub(crate) fn tell(&self, event: &Event<'_>) {
        if let Some(report) = self.report {
            report.event(event);
        }
    }
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self {
            lock_wait: Duration::from_secs(60),
            lock_timeout: Duration::from_millis(500),
            retry_for: Duration::from_secs(300),
            applied_by: None,
            functions: Functions::new(),
            report: None,
        }
    }
}

impl std::fmt::Debug for Settings<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("lock_wait", &self.lock_wait)
            .field("lock_timeout", &self.lock_timeout)
            .field("retry_for", &self.retry_for)
            .field("applied_by", &self.applied_by)
            .field("functions", &self.functions)
            .finish_non_exhaustive()
    }
}
