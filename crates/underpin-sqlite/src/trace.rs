//! What a request tells `tracing`: its statement under OpenTelemetry's names, and a warning if it was slow.

use std::time::{Duration, Instant};

use tracing::Level;

const SYSTEM: &str = "sqlite";

/// One event; its level is part of what `tracing` keeps for each place in the program, so it is not a variable.
macro_rules! event {
    ($level:expr, $message:literal, $operation:expr, $table:expr, $text:expr, $took:expr) => {
        tracing::event!(
            target: "underpin::sql",
            $level,
            {
                "db.system.name" = SYSTEM,
                "db.operation.name" = $operation,
                "db.collection.name" = $table,
                "db.query.text" = $text,
                elapsed_us = u64::try_from($took.as_micros()).unwrap_or(u64::MAX),
            },
            $message
        )
    };
}

/// Times a request if anybody listens.
pub(crate) struct Watch(Option<Instant>);

impl Watch {
    pub(crate) fn start() -> Self {
        Self(tracing::enabled!(target: "underpin::sql", Level::WARN).then(Instant::now))
    }

    /// Whether anybody listens, so that it is worth keeping the statement's text.
    pub(crate) fn listens(&self) -> bool {
        self.0.is_some()
    }

    /// Tells what was done. Parameters are never told.
    pub(crate) fn done(&self, slow: Duration, operation: &str, table: &str, text: &str) {
        let Some(started) = self.0 else { return };
        let took = started.elapsed();
        if took >= slow {
            event!(Level::WARN, "slow statement", operation, table, text, took);
        } else {
            event!(Level::DEBUG, "statement", operation, table, text, took);
        }
    }
}
