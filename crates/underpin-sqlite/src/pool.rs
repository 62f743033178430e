//! The pool: one writer, a few readers, each lent to one caller at a time.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use underpin_core::{BoxFuture, Dialect, Error, ErrorKind, Result};
use underpin_sql::driver::{Access, ConnectOptions, Connection, Counters, Driver, Journal, PoolStatus};

use crate::connect::{Place, Role, Session, Setup};
use crate::connection::SqliteConnection;
use crate::thread::{Worker, block_on};

/// A pool of connections to one SQLite database.
pub struct SqliteDriver {
    pool: Arc<Pool>,
}

impl SqliteDriver {
    /// Opens a database for async use: each connection lives on a thread of its own. Waiting for a connection needs a
    /// tokio runtime with its timer.
    ///
    /// # Errors
    /// If the URL is wrong, or the file cannot be opened, is no database, or stays locked.
    pub fn connect(options: ConnectOptions) -> BoxFuture<'static, Result<Self>> {
        // Boxed here, or it would be compiled again in each crate that awaits it.
        Box::pin(Self::open(options))
    }

    async fn open(options: ConnectOptions) -> Result<Self> {
        let pool = Arc::new(Pool::new(options, false)?);
        let seat = pool.open(Role::Writer).await?;
        pool.writer.put(seat);
        Ok(Self { pool })
    }

    /// Opens a database for blocking use: SQLite runs on the caller's thread, and every future of this driver and its
    /// connections is ready when it is first polled.
    ///
    /// # Errors
    /// If the URL is wrong, or the file cannot be opened, is no database, or stays locked.
    pub fn blocking(options: ConnectOptions) -> Result<Self> {
        let pool = Arc::new(Pool::new(options, true)?);
        let session = pool.setup.open(Role::Writer)?;
        pool.writer.opened();
        pool.writer.put(Seat::Inline(Box::new(session)));
        Ok(Self { pool })
    }
}

impl fmt::Debug for SqliteDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SqliteDriver");
        match &self.pool.setup.place {
            Place::File(path) => shown.field("file", path),
            Place::Memory => shown.field("file", &":memory:"),
        };
        shown.field("status", &self.pool.status()).finish()
    }
}

impl Driver for SqliteDriver {
    fn dialect(&self) -> &'static Dialect {
        Dialect::SQLITE
    }

    fn acquire(&self, access: Access) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async move {
            let lease = Pool::lend(&self.pool, access).await?;
            Ok(Box::new(SqliteConnection::new(lease, access)) as Box<dyn Connection>)
        })
    }

    fn status(&self) -> PoolStatus {
        self.pool.status()
    }

    fn journal(&self) -> Option<&Journal> {
        Some(self.pool.counters.journal())
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            for lane in self.pool.lanes() {
                lane.permits.close();
                let idle = std::mem::take(&mut *lane.idle());
                for seat in idle {
                    lane.closed();
                    match seat {
                        Seat::Inline(session) => drop(session),
                        Seat::Thread(worker) => worker.close().await,
                    }
                }
            }
        })
    }
}

/// One connection, and where it runs.
pub(crate) enum Seat {
    /// On the thread of the caller.
    Inline(Box<Session>),
    /// On a thread of its own.
    Thread(Worker),
}

/// Connections of one role.
struct Lane {
    role: Role,
    /// One permit for each connection that may be open.
    permits: Arc<Semaphore>,
    size: usize,
    idle: Mutex<Vec<Seat>>,
    open: AtomicUsize,
    waiting: AtomicUsize,
}

impl Lane {
    fn new(role: Role, size: usize) -> Self {
        Self {
            role,
            permits: Arc::new(Semaphore::new(size)),
            size,
            idle: Mutex::default(),
            open: AtomicUsize::new(0),
            waiting: AtomicUsize::new(0),
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Seat>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, seat: Seat) {
        let mut idle = self.idle();
        if !self.permits.is_closed() {
            idle.push(seat);
            return;
        }
        // Closing may take a while, and nobody has to wait for it.
        drop(idle);
        drop(seat);
        self.closed();
    }

    fn opened(&self) {
        self.open.fetch_add(1, Ordering::Relaxed);
    }

    fn closed(&self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the driver and all its connections share.
pub(crate) struct Pool {
    setup: Arc<Setup>,
    inline: bool,
    timeout: Duration,
    /// A request that takes longer is logged as a warning.
    pub(crate) slow: Duration,
    writer: Lane,
    /// A database in memory has none, and neither has a pool of one connection: there the writer does everything.
    readers: Option<Lane>,
    pub(crate) counters: Counters,
}

impl Pool {
    fn new(mut options: ConnectOptions, inline: bool) -> Result<Self> {
        let setup = Setup::parse(&mut options)?;
        // The writer is one of the connections that the pool may have.
        let readers = setup.readers.min(options.pool().limit().saturating_sub(1));
        let readers = (setup.place != Place::Memory && readers > 0).then(|| Lane::new(Role::Reader, readers));
        Ok(Self {
            inline,
            timeout: options.pool().timeout,
            slow: options.pool().slow_statement,
            writer: Lane::new(Role::Writer, 1),
            readers,
            setup: Arc::new(setup),
            counters: Counters::new(Dialect::SQLITE),
        })
    }

    fn lanes(&self) -> impl Iterator<Item = &Lane> {
        // Readers first: the last connection to close writes the log back into the file, and only a writer can.
        self.readers.iter().chain([&self.writer])
    }

    fn lane(&self, role: Role) -> &Lane {
        match (role, &self.readers) {
            (Role::Reader, Some(readers)) => readers,
            _ => &self.writer,
        }
    }

    async fn open(&self, role: Role) -> Result<Seat> {
        let seat = if self.inline {
            Seat::Inline(Box::new(self.setup.open(role)?))
        } else {
            Seat::Thread(Worker::open(Arc::clone(&self.setup), role).await?)
        };
        self.lane(role).opened();
        Ok(seat)
    }

    async fn lend(self: &Arc<Self>, access: Access) -> Result<Lease> {
        let lane = self.lane(match access {
            Access::Read => Role::Reader,
            Access::Write => Role::Writer,
        });
        let permit = match Arc::clone(&lane.permits).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => self.wait(lane).await?,
        };
        // The one that came back last: its pages are still in the cache.
        let idle = lane.idle().pop();
        let seat = match idle {
            Some(seat) => seat,
            None => self.open(lane.role).await?,
        };
        Ok(Lease { pool: Arc::clone(self), role: lane.role, seat: Some(seat), clean: true, _permit: permit })
    }

    async fn wait(&self, lane: &Lane) -> Result<OwnedSemaphorePermit> {
        let _waiting = Waiting::new(&lane.waiting);
        let permit = Arc::clone(&lane.permits).acquire_owned();
        let answer = if self.inline {
            block_on(permit, Instant::now().checked_add(self.timeout))
        } else {
            tokio::time::timeout(self.timeout, permit).await.ok()
        };
        match answer {
            Some(Ok(permit)) => Ok(permit),
            Some(Err(_)) => Err(Error::usage(
                "the pool is closed",
                "close it after the last use, or open the database again",
            )),
            None => Err(Error::new(ErrorKind::PoolTimeout { limit: lane.size }, "").with_hint(
                match (lane.role, &self.readers) {
                    (_, None) => {
                        "a database in memory, and a pool of one, has one connection for everything: give it back \
                         before you take the next"
                    }
                    (Role::Writer, _) => "SQLite has one writer: keep write transactions short, or raise `pool_timeout`",
                    (Role::Reader, _) => "give connections back sooner, or raise `readers` or `pool_timeout` in the URL",
                },
            )),
        }
    }

    fn status(&self) -> PoolStatus {
        let mut status = PoolStatus::default();
        for lane in self.lanes() {
            status.open += lane.open.load(Ordering::Relaxed);
            status.idle += lane.idle().len();
            status.waiting += lane.waiting.load(Ordering::Relaxed);
            status.limit += lane.size;
        }
        (status.statements, status.round_trips) = self.counters.read();
        status
    }
}

/// Counts a caller who waits, until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A connection on loan. Dropping it gives the connection back as it is, so its user cleans up first.
pub(crate) struct Lease {
    pub(crate) pool: Arc<Pool>,
    role: Role,
    /// Empty while it is lent on, and once it is lost.
    pub(crate) seat: Option<Seat>,
    /// Whether the connection may go to another user; otherwise it is closed.
    pub(crate) clean: bool,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Lease {
    fn drop(&mut self) {
        let lane = self.pool.lane(self.role);
        match self.seat.take() {
            Some(seat) if self.clean => lane.put(seat),
            _ => lane.closed(),
        }
    }
}
