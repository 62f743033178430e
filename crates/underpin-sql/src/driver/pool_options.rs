//! How a pool keeps its connections: the words and defaults of SQLAlchemy's `QueuePool`.

use std::time::Duration;

/// How a pool keeps its connections.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PoolOptions {
    /// `pool_size`: connections that stay open when nobody uses them. 5.
    pub size: usize,
    /// `max_overflow`: connections beyond `size` that are opened under load and closed afterwards. 10.
    pub overflow: usize,
    /// `pool_timeout`: how long a caller waits for a connection, in seconds. 30.
    pub timeout: Duration,
    /// `pool_recycle`: age at which a connection is replaced at its next check-out, in seconds. Never.
    pub recycle: Option<Duration>,
    /// `pool_pre_ping`: whether a connection is tested at check-out, at the price of a round trip. No.
    pub pre_ping: bool,
    /// `pool_use_lifo`: whether the connection returned last is given out first, so that the others can idle. Yes.
    pub lifo: bool,
    /// `statement_cache_size`: prepared statements of dynamic text that a connection keeps. 500.
    pub statement_cache: usize,
    /// `statement_timeout`: how long a statement may run, in milliseconds. For ever.
    pub statement_timeout: Option<Duration>,
    /// `prepared_statements`: whether statements are named and kept; false behind a PgBouncer in transaction mode. Yes.
    pub prepared_statements: bool,
    /// `slow_statement`: a request that takes longer is logged as a warning, in milliseconds. 1000.
    pub slow_statement: Duration,
}

impl Default for PoolOptions {
    fn default() -> Self {
        Self {
            size: 5,
            overflow: 10,
            timeout: Duration::from_secs(30),
            recycle: None,
            pre_ping: false,
            lifo: true,
            statement_cache: 500,
            statement_timeout: None,
            prepared_statements: true,
            slow_statement: Duration::from_secs(1),
        }
    }
}

impl PoolOptions {
    /// The most connections that may be open at a time.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.size + self.overflow
    }

    /// Sets one option from the text of a URL. `None` if there is no such option; otherwise whether the text was
    /// understood, or what was expected.
    pub(crate) fn set(&mut self, name: &str, text: &str) -> Option<Result<(), &'static str>> {
        Some(match name {
            "pool_size" => number(text).map(|value| self.size = value),
            "max_overflow" => number(text).map(|value| self.overflow = value),
            "pool_timeout" => seconds(text).map(|value| self.timeout = value),
            "pool_recycle" if text == "-1" => {
                self.recycle = None;
                Ok(())
            }
            "pool_recycle" => seconds(text).map(|value| self.recycle = Some(value)),
            "pool_pre_ping" => flag(text).map(|value| self.pre_ping = value),
            "pool_use_lifo" => flag(text).map(|value| self.lifo = value),
            "statement_cache_size" => number(text).map(|value| self.statement_cache = value),
            "statement_timeout" => milliseconds(text)
                .map(|value| self.statement_timeout = if value.is_zero() { None } else { Some(value) }),
            "prepared_statements" => flag(text).map(|value| self.prepared_statements = value),
            "slow_statement" => milliseconds(text).map(|value| self.slow_statement = value),
            _ => return None,
        })
    }

    /// The options that a URL may carry, for a hint.
    pub(crate) const NAMES: &'static str = "pool_size, max_overflow, pool_timeout, pool_recycle, pool_pre_ping, \
         pool_use_lifo, statement_cache_size, statement_timeout, prepared_statements, slow_statement";
}

fn number(text: &str) -> Result<usize, &'static str> {
    // The limit keeps size + overflow far from overflowing and from what any server accepts.
    text.parse().ok().filter(|value| *value <= 100_000).ok_or("a whole number from 0 to 100000")
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let expected = "a number of seconds, such as 30 or 0.5";
    let value: f64 = text.parse().map_err(|_| expected)?;
    Duration::try_from_secs_f64(value).map_err(|_| expected)
}

fn milliseconds(text: &str) -> Result<Duration, &'static str> {
    text.parse().map(Duration::from_millis).map_err(|_| "a number of milliseconds, such as 5000")
}

fn flag(text: &str) -> Result<bool, &'static str> {
    match text {
        "true" | "on" | "1" | "yes" => Ok(true),
        "false" | "off" | "0" | "no" => Ok(false),
        _ => Err("true or false"),
    }
}
