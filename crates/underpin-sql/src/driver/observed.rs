//! What a request leaves behind: an event for tracing, a warning when it was slow, its text for who listens.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, Instant};

use tracing::Level;
use underpin_core::Result;

use super::Counters;

/// A request that is being observed, if anybody listens: a look at the clock is worth a twentieth of a read by key.
#[derive(Debug)]
pub struct Observed {
    started: Option<Instant>,
    slow: Duration,
}

/// What a request was, in the words of OpenTelemetry's database conventions. It holds no parameter.
#[derive(Debug)]
pub struct Description<'a> {
    operation: &'static str,
    collection: Cow<'a, str>,
    text: Cow<'a, str>,
}

impl<'a> Description<'a> {
    /// A single statement.
    #[must_use]
    pub fn one(operation: &'static str, collection: &'a str, text: impl Into<Cow<'a, str>>) -> Self {
        Self { operation, collection: Cow::Borrowed(collection), text: text.into() }
    }

    /// Several statements that were sent together.
    #[must_use]
    pub fn batch(collection: String, text: String) -> Self {
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
    #[must_use]
    pub fn start(slow: Duration) -> Self {
        let listened = tracing::enabled!(target: "underpin::sql", Level::WARN);
        Self { started: listened.then(Instant::now), slow }
    }

    /// Stops it. The description is made only if somebody listens.
    pub fn finish<'a, T>(
        self,
        counters: &Counters,
        result: &Result<T>,
        describe: impl FnOnce() -> Description<'a>,
    ) {
        let elapsed = self.started.map(|started| started.elapsed());
        let slow = elapsed.is_some_and(|elapsed| elapsed >= self.slow);
        let told = slow || (elapsed.is_some() && tracing::enabled!(target: "underpin::sql", Level::DEBUG));
        if told || counters.journal().is_heard() {
            let description = describe();
            counters.journal().keep(|| description.to_string());
            if let Some(elapsed) = elapsed.filter(|_| told) {
                description.tell(counters.dialect().system, elapsed, slow, result.is_err());
            }
        }
    }
}

impl Description<'_> {
    /// Logs it. It stands outside what is generic, which would be compiled for each kind of request.
    fn tell(&self, system: &str, elapsed: Duration, slow: bool, failed: bool) {
        let (operation, collection, text) = (self.operation, &*self.collection, &*self.text);
        let elapsed_us = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
        if slow {
            tracing::warn!(
                target: "underpin::sql",
                {
                    db.system.name = system,
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
                    db.system.name = system,
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
