//! Opening a session: one server after the other, until one lets us in and is what we look for.

use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio_postgres::config::SslMode as DriverMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{AsyncMessage, Client, Connection, SimpleQueryMessage};
use underpin_core::{Error, ErrorKind, Result};

use crate::statements::Statements;
use crate::target::{Server, Session as Wanted, Target};
use crate::tls::SslMode;

/// Whether the server refuses writes, and whether it is a standby.
const SERVER_STATE: &str = "\
SELECT current_setting('transaction_read_only') = 'on', pg_catalog.pg_is_in_recovery()";

/// One open connection with what is known about it.
pub(crate) struct Session {
    /// Sends requests.
    pub(crate) client: Client,
    /// Drives the socket; it ends when the client is dropped and all requests are answered.
    pub(crate) task: JoinHandle<()>,
    /// What is prepared on this connection.
    pub(crate) statements: Statements,
    /// Which generation of the pool's connections it belongs to; see `pool.rs`.
    pub(crate) generation: u64,
    /// When it was opened.
    pub(crate) opened: Instant,
    /// When it was given back.
    pub(crate) idle_since: Instant,
}

impl Target {
    /// Opens a session on the first server that will do.
    pub(crate) async fn open(&self) -> Result<(Client, JoinHandle<()>)> {
        let order = self.order();
        let wishes: &[Wanted] = match self.session {
            Wanted::PreferStandby => &[Wanted::Standby, Wanted::Any],
            ref one => std::slice::from_ref(one),
        };
        let mut failure = None;
        for wanted in wishes {
            for server in order.iter().filter_map(|index| self.servers.get(*index)) {
                match self.open_on(server, *wanted).await {
                    Ok(opened) => return Ok(opened),
                    // The first failure tells more than that the last server was no standby either.
                    Err(error) => failure = failure.or(Some(error)),
                }
            }
        }
        Err(failure.unwrap_or_else(|| Error::config("the database URL names no host", "name one")))
    }

    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.servers.len()).collect();
        if self.random {
            let random = RandomState::new();
            order.sort_by_key(|index| random.hash_one(index));
        }
        order
    }

    async fn open_on(&self, server: &Server, wanted: Wanted) -> Result<(Client, JoinHandle<()>)> {
        let attempt = async {
            let (client, task) = self.open_encrypted(server).await?;
            if wanted != Wanted::Any {
                check(&client, wanted).await?;
            }
            Ok((client, task))
        };
        match tokio::time::timeout(self.timeout, attempt).await {
            Ok(Ok(opened)) => Ok(opened),
            Ok(Err(refusal)) => Err(self.explain(server, refusal)),
            Err(_) => Err(self.explain(server, Refusal::Slow)),
        }
    }

    /// Tries plain and encrypted in the order of the mode.
    async fn open_encrypted(&self, server: &Server) -> Result<(Client, JoinHandle<()>), Refusal> {
        let modes: &[DriverMode] = match self.ssl {
            _ if server.local => &[DriverMode::Disable],
            SslMode::Disable => &[DriverMode::Disable],
            SslMode::Allow if self.tls.can_encrypt() => &[DriverMode::Disable, DriverMode::Require],
            SslMode::Prefer if self.tls.can_encrypt() => &[DriverMode::Prefer, DriverMode::Disable],
            SslMode::Allow | SslMode::Prefer => &[DriverMode::Disable],
            SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => &[DriverMode::Require],
        };
        let mut failure = None;
        for mode in modes {
            let mut config = server.config.clone();
            config.ssl_mode(*mode);
            match self.tls.open(&config).await {
                Ok(opened) => return Ok(opened),
                Err(error) => {
                    // Only a refusal of this very way to connect makes the other way worth a try.
                    let other_way = is_tls(&error)
                        || error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION);
                    failure = failure.or(Some(error));
                    if !other_way {
                        break;
                    }
                }
            }
        }
        failure.map_or(Err(Refusal::Slow), |error| Err(Refusal::Driver(error)))
    }

    fn explain(&self, server: &Server, refusal: Refusal) -> Error {
        let place = format!("database {} at {}", self.database, server.name);
        let connect =
            |why: String| Error::new(ErrorKind::Connect, format!("cannot connect to {place}: {why}"));
        let error = match refusal {
            Refusal::Slow => {
                return connect(format!("no answer within {} seconds", self.timeout.as_secs_f64()))
                    .with_hint("is the host right, and does a firewall let the port through?");
            }
            Refusal::Unfit(why) => {
                return connect(why.to_owned())
                    .with_hint("target_session_attrs of the URL asks for another server");
            }
            Refusal::Driver(error) => error,
        };
        if let Some(refused) = error.as_db_error() {
            let (why, hint) = refused_login(refused.code());
            return connect(format!("{why} (SQLSTATE {})", refused.code().code())).with_hint(hint);
        }
        if is_tls(&error) {
            let why = std::error::Error::source(&error).map_or_else(String::new, |why| format!(": {why}"));
            return Error::new(ErrorKind::Tls, format!("no TLS connection to {place}{why}")).with_hint(
                "does the server offer TLS, and is its certificate one that sslmode and sslrootcert accept?",
            );
        }
        let source = std::error::Error::source(&error);
        if let Some(io) = source.and_then(|source| source.downcast_ref::<std::io::Error>()) {
            return connect(io.to_string()).with_hint("is the server running, and are host and port right?");
        }
        let why = source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
        if why.contains("password missing") {
            return connect("the server asks for a password, and none is given".to_owned())
                .with_hint("write it in the URL, or set PGPASSWORD");
        }
        connect(why).with_hint("is it a PostgreSQL server that listens there?")
    }
}

/// Why a server did not let us in.
enum Refusal {
    Driver(tokio_postgres::Error),
    Unfit(&'static str),
    Slow,
}

impl From<tokio_postgres::Error> for Refusal {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Driver(error)
    }
}

/// The driver tells the kind of this failure by its text alone.
fn is_tls(error: &tokio_postgres::Error) -> bool {
    error.to_string() == "error performing TLS handshake"
}

fn refused_login(code: &SqlState) -> (&'static str, &'static str) {
    match *code {
        SqlState::INVALID_PASSWORD => {
            ("the password is wrong", "correct user and password of the URL, or PGPASSWORD")
        }
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION => (
            "the server does not let this user in, or not from here",
            "is the user right, and does pg_hba.conf of the server allow it?",
        ),
        SqlState::INVALID_CATALOG_NAME => {
            ("the database does not exist", "create it, or correct its name in the URL")
        }
        SqlState::TOO_MANY_CONNECTIONS => (
            "the server has no connection left",
            "make pool_size and max_overflow smaller, or max_connections larger",
        ),
        SqlState::CANNOT_CONNECT_NOW => {
            ("the server is starting up or shutting down", "try again in a moment")
        }
        SqlState::INSUFFICIENT_PRIVILEGE => {
            ("the user may not connect to the database", "grant CONNECT to it")
        }
        SqlState::INVALID_PARAMETER_VALUE
        | SqlState::UNDEFINED_OBJECT
        | SqlState::CANT_CHANGE_RUNTIME_PARAM => (
            "the server refuses a setting of `options`",
            "correct `options` or `statement_timeout` of the URL",
        ),
        SqlState::PROTOCOL_VIOLATION => (
            "the server, or a pooler before it, refuses a start-up parameter",
            "PgBouncer needs `ignore_startup_parameters = options` if the URL has options or statement_timeout",
        ),
        _ => ("the server refused the connection", "its log says why"),
    }
}

async fn check(client: &Client, wanted: Wanted) -> Result<(), Refusal> {
    let rows = client.simple_query(SERVER_STATE).await?;
    let row = rows.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    let is = |column| row.and_then(|row| row.try_get(column).ok().flatten()) == Some("t");
    let (read_only, standby) = (is(0), is(1));
    match wanted {
        Wanted::ReadWrite if read_only => Err(Refusal::Unfit("the server refuses writes")),
        Wanted::ReadOnly if !read_only => Err(Refusal::Unfit("the server accepts writes")),
        Wanted::Primary if standby => Err(Refusal::Unfit("the server is a standby")),
        Wanted::Standby if !standby => Err(Refusal::Unfit("the server is no standby")),
        _ => Ok(()),
    }
}

/// Drives a connection in a task of its own. Notices are passed over in silence but for their code, because a
/// trigger may have put data into their text.
pub(crate) fn drive<S, T>(mut connection: Connection<S, T>) -> JoinHandle<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    tokio::spawn(async move {
        while let Some(message) = poll_fn(|cx| connection.poll_message(cx)).await {
            match message {
                Ok(AsyncMessage::Notice(notice)) => tracing::debug!(
                    target: "underpin::sql",
                    severity = notice.severity(),
                    code = notice.code().code(),
                    "notice of the server"
                ),
                Ok(_) => {}
                // The requests in flight report it.
                Err(_) => break,
            }
        }
    })
}
