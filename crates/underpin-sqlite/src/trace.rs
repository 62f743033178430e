//! What a request leaves behind: counters for tests, an event for tracing, a warning when it was slow.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tracing::Level;
use underpin_core::{Dialect, Result};
use underpin_sql::driver::Journal;

const SYSTEM: &str = Dialect::SQLITE.system;

/// Counts since the pool was made.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    statements: AtomicU64,
    round_trips: AtomicU64,
    /// What was sent, while somebody listens.
    pub(crate) journal: Journal,
}

impl Counters {
    /// The connection's thread is crossed to, or called in its place.
    pub(crate) fn round_trip(&self) {
        self.round_trips.fetch_add(1, Ordering::Relaxed);
    }

    /// Statements are sent; a group of rows is one, as it is in a database that takes them as arrays.
    pub(crate) fn statements(&self, count: usize) {
        self.statements.fetch_add(count as u64, Ordering::Relaxed);
    }

    /// Statements and round trips so far.
    pub(crate) fn read(&self) -> (u64, u64) {
        (self.statements.load(Ordering::Relaxed), self.round_trips.load(Ordering::Relaxed))
    }
}

/// A request that is being observed, if anybody listens: a look at the clock is worth a twentieth of a read by key.
pub(crate) struct Observed {
    started: Option<Instant>,
    slow: Duration,
}

/// What a request was, in the words of OpenTelemetry's database conventions. It holds no parameter.
pub(crate) struct Description<'a> {
    operation: &'static str,
    collection: Cow<'a, str>,
    text: Cow<'a, str>,
}

impl<'a> Description<'a> {
    /// A single statement.
    pub(crate) fn one(operation: &'static str, collection: &'a str, text: impl Into<Cow<'a, str>>) -> Self {
        Self { operation, collection: Cow::Borrowed(collection), text: text.into() }
    }

    /// Several statements that were sent together.
    pub(crate) fn batch(collection: String, text: String) -> Self {
        Self { operation: "BATCH", collection: Cow::Owned(collection), text: Cow::Owned(text) }
    }
}

/// The text; where there is none, what was done to which table.
impl fmt::Display for Description<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            write!(f, "{} {}", self.operation, self.collection)
        } else {
            f.write_str(&self.text)
        }
    }
}

impl Observed {
    /// Starts the clock.
    pub(crate) fn start(slow: Duration) -> Self {
        let listened = tracing::enabled!(target: "underpin::sql", Level::WARN);
        Self { started: listened.then(Instant::now), slow }
    }

    /// Stops it. The description is made only if somebody listens.
    pub(crate) fn finish<'a, T>(
        self,
        counters: &Counters,
        result: &Result<T>,
        describe: impl FnOnce() -> Description<'a>,
    ) {
        let elapsed = self.started.map(|started| started.elapsed());
        let slow = elapsed.is_some_and(|elapsed| elapsed >= self.slow);
        let told = slow || (elapsed.is_some() && tracing::enabled!(target: "underpin::sql", Level::DEBUG));
        if !told && !counters.journal.is_heard() {
            return;
        }
        let description = describe();
        counters.journal.keep(|| description.to_string());
        let Some(elapsed) = elapsed.filter(|_| told) else { return };
        let Description { operation, collection, text } = description;
        let (collection, text) = (&*collection, &*text);
        let elapsed_us = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
        let failed = result.is_err();
        if slow {
            tracing::warn!(
                target: "underpin::sql",
                {
                    db.system.name = SYSTEM,
                    db.operation.name = operation,
                    db.collection.name = collection,
                    db.query.text = text,
                    elapsed_us,
                    failed,
                },
                "slow statement"
            );
        } else {
            tracing::debug!(
                target: "underpin::sql",
                {
                    db.system.name = SYSTEM,
                    db.operation.name = operation,
                    db.collection.name = collection,
                    db.query.text = text,
                    elapsed_us,
                    failed,
                },
                "statement"
            );
        }
    }
}
