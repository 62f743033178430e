//! The pool: what it lends are sessions, and it has a memory for failures.
//!
//! No connection is tested at check-out, because a test costs a round trip. Instead each failure of a connection
//! makes those that were opened before it suspect: closed ones are dropped at once, the others are tested once.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use underpin_core::{BoxFuture, Dialect, Error, ErrorKind, Result};
use underpin_sql::driver::{
    Access, ConnectOptions, Connection, Counters, Driver, Journal, PoolOptions, PoolStatus,
};

use crate::connect::Session;
use crate::connection::PostgresConnection;
use crate::lending::{Lending, Limits, Refusal};
use crate::statements::Statements;
use crate::target::Target;
use crate::transaction::ping;

/// How long a connection may have been idle before it is looked at whether the server has closed it.
const LONG_IDLE: Duration = Duration::from_millis(20);

/// How long `close` waits for one connection to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// A pool of connections to a PostgreSQL database.
pub struct PostgresDriver {
    shared: Arc<Shared>,
}

/// What the connections of a pool have in common.
pub(crate) struct Shared {
    lending: Arc<Lending<Box<Session>>>,
    target: Target,
    /// Counts failures of connections.
    generation: AtomicU64,
    /// How the pool keeps its connections.
    pub(crate) options: PoolOptions,
    /// What was sent so far.
    pub(crate) counters: Counters,
    /// Statements that write several tables at once.
    pub(crate) combined: crate::combined::Combinations,
    /// Which tables COPY may fill.
    pub(crate) copyable: crate::copied::Copyable,
}

impl PostgresDriver {
    /// Opens a pool, with one connection to begin with, so that what is wrong with the URL is told at once.
    ///
    /// # Errors
    /// If the URL or an option is wrong, or the server cannot be reached or refuses the connection. No error shows the
    /// password or the URL.
    pub fn connect(options: ConnectOptions) -> BoxFuture<'static, Result<Self>> {
        // Boxed here, or it would be compiled again in each crate that awaits it, with all of the client's connecting.
        Box::pin(Self::open(options))
    }

    async fn open(options: ConnectOptions) -> Result<Self> {
        let Ok(runtime) = Handle::try_current() else {
            return Err(Error::usage(
                "a PostgreSQL pool was opened outside a tokio runtime",
                "call it inside `#[tokio::main]` or `Runtime::block_on`",
            ));
        };
        let pool_options = options.pool().clone();
        let limits = Limits {
            kept: pool_options.size,
            most: pool_options.limit(),
            lifo: pool_options.lifo,
            patience: pool_options.timeout,
        };
        let driver = Self {
            shared: Arc::new(Shared {
                lending: Lending::new(limits, runtime),
                target: Target::of(options)?,
                generation: AtomicU64::new(0),
                options: pool_options,
                counters: Counters::new(Dialect::POSTGRES),
                combined: crate::combined::Combinations::default(),
                copyable: crate::copied::Copyable::default(),
            }),
        };
        drop(driver.check_out().await?);
        Ok(driver)
    }

    async fn check_out(&self) -> Result<PostgresConnection> {
        let shared = &self.shared;
        let idle = shared.lending.borrow().await.map_err(|refusal| refused(refusal, &shared.options))?;
        // What was borrowed goes back when this is dropped.
        let mut connection = PostgresConnection::new(Arc::clone(shared));
        let good = match idle {
            Some(mut session) => shared.is_good(&mut session).await.then_some(session),
            None => None,
        };
        connection.session = Some(match good {
            Some(session) => session,
            // Rare and large: in a box of its own it is no burden on each check-out.
            None => Box::new(Box::pin(shared.open()).await?),
        });
        Ok(connection)
    }
}

fn refused(refusal: Refusal, options: &PoolOptions) -> Error {
    match refusal {
        Refusal::Closed => Error::usage("the pool has been closed", "take connections before closing it"),
        Refusal::TimedOut => {
            let kind = ErrorKind::PoolTimeout { limit: options.limit() };
            Error::new(kind, "").with_hint(
                "give connections back sooner, or raise pool_size, max_overflow or pool_timeout in the URL",
            )
        }
    }
}

impl fmt::Debug for PostgresDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = &self.shared.target;
        f.debug_struct("PostgresDriver")
            .field("database", &target.database)
            .field("servers", &target.servers.iter().map(|server| server.name.as_str()).collect::<Vec<_>>())
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

impl Driver for PostgresDriver {
    fn dialect(&self) -> &'static Dialect {
        Dialect::POSTGRES
    }

    fn acquire(&self, _access: Access) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async { Ok(Box::new(self.check_out().await?) as Box<dyn Connection>) })
    }

    fn status(&self) -> PoolStatus {
        let standing = self.shared.lending.standing();
        let mut status = PoolStatus::default();
        status.open = standing.count;
        status.idle = standing.idle;
        status.waiting = standing.waiting;
        status.limit = self.shared.options.limit();
        (status.statements, status.round_trips) = self.shared.counters.read();
        status
    }

    fn journal(&self) -> Option<&Journal> {
        Some(self.shared.counters.journal())
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            for session in self.shared.lending.close() {
                // The server may take longer; it is told all the same.
                let _ = tokio::time::timeout(GOODBYE, session.client.close()).await;
            }
        })
    }
}

impl Shared {
    /// Gives a clean connection back, if it was opened; those beyond the pool's size are closed.
    pub(crate) fn give_back(&self, mut session: Option<Box<Session>>) {
        if let Some(session) = &mut session {
            session.idle_since = Instant::now();
        }
        self.lending.give_back(session);
    }

    /// Closes a connection that is in no state for others. What it is doing is given up, in the background. Behind a
    /// pooler closing has to do: a cancellation may meet the next client of the server, and the pooler closes a server
    /// whose client went away in the middle of a request (PgBouncer 1.18 even ends if both come at once).
    pub(crate) fn discard(self: &Arc<Self>, session: Option<Box<Session>>, cancel: bool) {
        if let Some(session) = session
            && cancel
            && self.options.prepared_statements
            && let Ok(runtime) = Handle::try_current()
        {
            let (shared, way, key) = (Arc::clone(self), session.way, session.client.cancel_key());
            runtime.spawn(async move { shared.target.cancel(way, key).await });
        }
        self.lending.give_back(None);
    }

    /// A connection failed: the others may have, too.
    pub(crate) fn suspect(&self) {
        self.generation.fetch_add(1, Ordering::Relaxed);
        drop(self.lending.take_out(|session| {
            session.client.look();
            !session.client.is_closed()
        }));
    }

    async fn open(&self) -> Result<Session> {
        // Read before connecting: a failure in between must count.
        let generation = self.generation.load(Ordering::Relaxed);
        let opened = Instant::now();
        let (client, way) = self.target.open().await?;
        let statements = Statements::default();
        Ok(Session { client, way, statements, generation, opened, idle_since: opened })
    }

    /// Whether a session that was idle may go out.
    async fn is_good(&self, session: &mut Session) -> bool {
        if self.options.recycle.is_some_and(|age| session.opened.elapsed() >= age) {
            return false;
        }
        let generation = self.generation.load(Ordering::Relaxed);
        let suspect = session.generation != generation;
        if suspect || self.options.pre_ping {
            let ping = ping(&mut session.client);
            if !matches!(tokio::time::timeout(self.target.timeout, ping).await, Ok(Ok(()))) {
                return false;
            }
            session.generation = generation;
        } else if session.idle_since.elapsed() > LONG_IDLE {
            // The runtime gets a turn to look at its sockets.
            tokio::task::yield_now().await;
            session.client.look();
        }
        !session.client.is_closed()
    }
}

#[cfg(test)]
mod tests {
    use underpin_sql::Query;
    use underpin_sql::driver::Receive;

    use super::*;

    type Fetch = (&'static mut PostgresConnection, &'static Query<'static>, &'static mut dyn Receive);

    /// The size of what an async function gives.
    fn size<A, F>(_: impl FnOnce(A) -> F) -> usize {
        size_of::<F>()
    }

    /// Futures behind `dyn` are allocated at each call; above a kilobyte glibc has no free piece at hand.
    #[test]
    fn futures_of_each_check_out_and_request_are_small() {
        let check_out = size::<&'static PostgresDriver, _>(PostgresDriver::check_out);
        assert!(check_out < 1024, "{check_out}");
        let fetch = size(|(connection, query, rows): Fetch| connection.fetch_rows(query, rows));
        assert!(fetch < 1024, "{fetch}");
    }
}
