//! The pool: deadpool's, with overflow, and with a memory for failures.
//!
//! No connection is tested at check-out, because a test costs a round trip. Instead each failure of a connection
//! makes those that were opened before it suspect: closed ones are dropped at once, the others are tested once.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use deadpool::Runtime;
use deadpool::managed::{
    self, Manager, Metrics, Object, PoolError, QueueMode, RecycleError, RecycleResult, TimeoutType, Timeouts,
};
use tokio::runtime::Handle;
use underpin_core::{BoxFuture, Dialect, Error, ErrorKind, Result};
use underpin_sql::driver::{Access, ConnectOptions, Connection, Driver, Journal, PoolOptions, PoolStatus};

use crate::connect::Session;
use crate::connection::PostgresConnection;
use crate::statements::Statements;
use crate::target::Target;
use crate::trace::Counters;

/// How long a connection may have been idle before its task is given a turn to notice that it was closed.
const LONG_IDLE: Duration = Duration::from_millis(20);

/// How long `close` waits for one connection to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// A pool of connections to a PostgreSQL database.
pub struct PostgresDriver {
    shared: Arc<Shared>,
}

/// What the connections of a pool have in common.
pub(crate) struct Shared {
    pool: managed::Pool<Sessions>,
    /// How the pool keeps its connections.
    pub(crate) options: PoolOptions,
    /// What was sent so far.
    pub(crate) counters: Counters,
    /// Statements that write several tables at once.
    pub(crate) combined: crate::combined::Combinations,
    /// Which tables COPY may fill.
    pub(crate) copyable: crate::copied::Copyable,
    /// Held while a connection is given back, so that idle ones are counted right.
    returning: Mutex<()>,
}

/// Opens sessions and decides whether an idle one is still good.
pub(crate) struct Sessions {
    target: Target,
    recycle: Option<Duration>,
    pre_ping: bool,
    /// Counts failures of connections.
    generation: AtomicU64,
}

impl PostgresDriver {
    /// Opens a pool, with one connection to begin with, so that what is wrong with the URL is told at once.
    ///
    /// # Errors
    /// If the URL or an option is wrong, or the server cannot be reached or refuses the connection. No error shows the
    /// password or the URL.
    pub async fn connect(options: ConnectOptions) -> Result<Self> {
        if Handle::try_current().is_err() {
            return Err(Error::usage(
                "a PostgreSQL pool was opened outside a tokio runtime",
                "call it inside `#[tokio::main]` or `Runtime::block_on`",
            ));
        }
        let pool_options = options.pool().clone();
        let sessions = Sessions {
            target: Target::of(options)?,
            recycle: pool_options.recycle,
            pre_ping: pool_options.pre_ping,
            generation: AtomicU64::new(0),
        };
        let pool = managed::Pool::builder(sessions)
            .max_size(pool_options.limit())
            .queue_mode(if pool_options.lifo { QueueMode::Lifo } else { QueueMode::Fifo })
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|_| Error::usage("the pool has no runtime", "report this as a defect"))?;
        let driver = Self {
            shared: Arc::new(Shared {
                pool,
                options: pool_options,
                counters: Counters::default(),
                combined: crate::combined::Combinations::default(),
                copyable: crate::copied::Copyable::default(),
                returning: Mutex::new(()),
            }),
        };
        drop(driver.check_out().await?);
        Ok(driver)
    }

    async fn check_out(&self) -> Result<PostgresConnection> {
        let shared = &self.shared;
        // The common case first: with a limit to wait for, a timer would have to be made.
        let at_once = Timeouts { wait: Some(Duration::ZERO), create: None, recycle: None };
        let mut got = shared.pool.timeout_get(&at_once).await;
        if matches!(got, Err(PoolError::Timeout(TimeoutType::Wait))) && !shared.options.timeout.is_zero() {
            let patient = Timeouts { wait: Some(shared.options.timeout), ..at_once };
            got = shared.pool.timeout_get(&patient).await;
        }
        match got {
            Ok(object) => Ok(PostgresConnection::new(object, Arc::clone(shared))),
            Err(PoolError::Backend(error)) => Err(error),
            Err(PoolError::Closed) => {
                Err(Error::usage("the pool has been closed", "take connections before closing it"))
            }
            Err(_) => {
                let kind = ErrorKind::PoolTimeout { limit: shared.options.limit() };
                Err(Error::new(kind, "").with_hint(
                    "give connections back sooner, or raise pool_size, max_overflow or pool_timeout in the URL",
                ))
            }
        }
    }
}

impl fmt::Debug for PostgresDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = &self.shared.pool.manager().target;
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
        let pool = self.shared.pool.status();
        let mut status = PoolStatus::default();
        status.open = pool.size;
        status.idle = pool.available;
        status.waiting = pool.waiting;
        status.limit = self.shared.options.limit();
        (status.statements, status.round_trips) = self.shared.counters.read();
        status
    }

    fn journal(&self) -> Option<&Journal> {
        Some(&self.shared.counters.journal)
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            let idle = self.shared.pool.retain(|_, _| false).removed;
            self.shared.pool.close();
            for session in idle {
                drop(session.client);
                // The server may take longer; it is told all the same.
                let _ = tokio::time::timeout(GOODBYE, session.task).await;
            }
        })
    }
}

impl Shared {
    /// Gives a clean connection back; those beyond the pool's size are closed.
    pub(crate) fn give_back(&self, mut object: Object<Sessions>) {
        object.idle_since = Instant::now();
        if self.options.overflow == 0 {
            // Every connection may stay, so nobody has to be counted.
            return;
        }
        let _counting = self.returning.lock().unwrap_or_else(PoisonError::into_inner);
        if self.pool.status().available >= self.options.size {
            drop(Object::take(object));
        } else {
            drop(object);
        }
    }

    /// Closes a connection that is in no state for others. What it is doing is given up, in the background.
    pub(crate) fn discard(&self, object: Object<Sessions>, cancel: bool) {
        let session = Object::take(object);
        if cancel && let Ok(runtime) = Handle::try_current() {
            let (token, tls) = (session.client.cancel_token(), self.pool.manager().target.tls.clone());
            runtime.spawn(async move { tls.cancel(token).await });
        }
    }

    /// A connection failed: the others may have, too.
    pub(crate) fn suspect(&self) {
        self.pool.manager().generation.fetch_add(1, Ordering::Relaxed);
        drop(self.pool.retain(|session, _| !session.client.is_closed()));
    }
}

impl Manager for Sessions {
    type Type = Session;
    type Error = Error;

    async fn create(&self) -> Result<Session> {
        // Read before connecting: a failure in between must count.
        let generation = self.generation.load(Ordering::Relaxed);
        let (client, task) = self.target.open().await?;
        Ok(Session {
            client,
            task,
            statements: Statements::default(),
            generation,
            idle_since: Instant::now(),
        })
    }

    async fn recycle(&self, session: &mut Session, metrics: &Metrics) -> RecycleResult<Error> {
        if self.recycle.is_some_and(|age| metrics.age() >= age) {
            return Err(RecycleError::message("the connection is old"));
        }
        let generation = self.generation.load(Ordering::Relaxed);
        let suspect = session.generation != generation;
        if suspect || self.pre_ping {
            let ping = session.client.batch_execute("");
            if !matches!(tokio::time::timeout(self.target.timeout, ping).await, Ok(Ok(()))) {
                return Err(RecycleError::message("the connection does not answer"));
            }
            session.generation = generation;
        } else if session.idle_since.elapsed() > LONG_IDLE {
            // In the first turn the runtime looks at its sockets, in the second the connection's task runs.
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
        }
        if session.client.is_closed() {
            return Err(RecycleError::message("the connection is closed"));
        }
        Ok(())
    }
}
