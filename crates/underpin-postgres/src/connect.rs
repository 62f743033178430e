//! Opening a session: one server after the other, until one lets us in and is what we look for.

use std::hash::{BuildHasher, RandomState};
use std::io;
use std::time::Instant;

use underpin_core::{Error, ErrorKind, Result};
use underpin_wire::{CancelKey, Connection, Error as WireError, Stream, offer_encryption, sqlstate};

use crate::codec::Binds;
use crate::statements::Statements;
use crate::target::{Place, Server, Session as Wanted, Target};
use crate::tls::SslMode;

/// Whether the server refuses writes, and whether it is a standby.
const SERVER_STATE: &str = "\
SELECT current_setting('transaction_read_only') = 'on', pg_catalog.pg_is_in_recovery()";

/// What a byte of `boolean` is for true.
const TRUE: &[u8] = &[1];

/// One open connection with what is known about it.
pub(crate) struct Session {
    /// Sends requests, and waits for answers.
    pub(crate) client: Connection,
    /// How it was reached, for who wants to cancel what it does.
    pub(crate) way: Way,
    /// What is prepared on this connection.
    pub(crate) statements: Statements,
    /// Which generation of the pool's connections it belongs to; see `pool.rs`.
    pub(crate) generation: u64,
    /// When it was opened.
    pub(crate) opened: Instant,
    /// When it was given back.
    pub(crate) idle_since: Instant,
}

/// How a server was reached.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    /// Which of the target's servers it is.
    server: usize,
    encryption: Encryption,
}

/// Whether a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    Never,
    IfOffered,
    Always,
}

impl Target {
    /// Opens a session on the first server that will do.
    pub(crate) async fn open(&self) -> Result<(Connection, Way)> {
        let order = self.order();
        let wishes: &[Wanted] = match self.session {
            Wanted::PreferStandby => &[Wanted::Standby, Wanted::Any],
            ref one => std::slice::from_ref(one),
        };
        let mut failure = None;
        for wanted in wishes {
            for index in &order {
                let Some(server) = self.servers.get(*index) else { continue };
                match self.open_on(server, *wanted).await {
                    Ok((client, encryption)) => return Ok((client, Way { server: *index, encryption })),
                    // The first failure tells more than that the last server was no standby either.
                    Err(error) => failure = failure.or(Some(error)),
                }
            }
        }
        Err(failure.unwrap_or_else(|| Error::config("the database URL names no host", "name one")))
    }

    /// Asks the server to give up what a session does. Nobody waits for long: a server that is gone has given up already.
    pub(crate) async fn cancel(&self, way: Way, key: CancelKey) {
        let asked = async {
            let Some(server) = self.servers.get(way.server) else { return };
            if let Ok((stream, _)) = self.reach(server, way.encryption).await {
                let _ = key.cancel(stream).await;
            }
        };
        let _ = tokio::time::timeout(self.timeout, asked).await;
    }

    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.servers.len()).collect();
        if self.random {
            let random = RandomState::new();
            order.sort_by_key(|index| random.hash_one(index));
        }
        order
    }

    async fn open_on(&self, server: &Server, wanted: Wanted) -> Result<(Connection, Encryption)> {
        let attempt = async {
            let (mut client, encryption) = self.log_in(server).await?;
            if wanted != Wanted::Any {
                check(&mut client, wanted).await?;
            }
            Ok((client, encryption))
        };
        match tokio::time::timeout(self.timeout, attempt).await {
            Ok(Ok(opened)) => Ok(opened),
            Ok(Err(refusal)) => Err(self.explain(server, refusal)),
            Err(_) => Err(self.explain(server, Refusal::Slow)),
        }
    }

    /// Tries plain and encrypted in the order of the mode.
    async fn log_in(&self, server: &Server) -> Result<(Connection, Encryption), Refusal> {
        use Encryption::{Always, IfOffered, Never};
        let ways: &[Encryption] = match self.ssl {
            _ if matches!(server.place, Place::Folder(_)) => &[Never],
            SslMode::Disable => &[Never],
            SslMode::Allow if self.tls.can_encrypt() => &[Never, Always],
            SslMode::Prefer if self.tls.can_encrypt() => &[IfOffered, Never],
            SslMode::Allow | SslMode::Prefer => &[Never],
            SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => &[Always],
        };
        let mut failure = None;
        for encryption in ways {
            let attempt = async {
                let (stream, digest) = self.reach(server, *encryption).await?;
                Connection::start(stream, &self.login, digest).await.map_err(Refusal::Session)
            };
            match attempt.await {
                Ok(client) => return Ok((client, *encryption)),
                Err(refusal) => {
                    // Only a refusal of this very way to connect makes the other way worth a try.
                    let other_way = refusal.is_of_the_way();
                    failure = failure.or(Some(refusal));
                    if !other_way {
                        break;
                    }
                }
            }
        }
        failure.map_or(Err(Refusal::Slow), Err)
    }

    /// Opens a way to the server, encrypted as it shall be.
    async fn reach(
        &self,
        server: &Server,
        encryption: Encryption,
    ) -> Result<(Box<dyn Stream>, Option<Vec<u8>>), Refusal> {
        let mut stream = server.reach(&self.keepalive, self.random).await.map_err(Refusal::Io)?;
        let Place::Host(host, _) = &server.place else { return Ok((stream, None)) };
        if encryption == Encryption::Never {
            return Ok((stream, None));
        }
        if !self.direct && !offer_encryption(&mut *stream).await.map_err(Refusal::Io)? {
            return match encryption {
                Encryption::Always => Err(Refusal::Tls(io::Error::other("the server does not support TLS"))),
                _ => Ok((stream, None)),
            };
        }
        self.tls.encrypt(stream, host).await.map_err(Refusal::Tls)
    }

    fn explain(&self, server: &Server, refusal: Refusal) -> Error {
        let place = format!("database {} at {}", self.database, server.name);
        let connect = |why: &dyn std::fmt::Display, hint: &'static str| {
            Error::new(ErrorKind::Connect, format!("cannot connect to {place}: {why}")).with_hint(hint)
        };
        match refusal {
            Refusal::Slow => connect(
                &format_args!("no answer within {} seconds", self.timeout.as_secs_f64()),
                "is the host right, and does a firewall let the port through?",
            ),
            Refusal::Unfit(why) => connect(&why, "target_session_attrs of the URL asks for another server"),
            Refusal::Io(error) | Refusal::Session(WireError::Io(error)) => {
                connect(&error, "is the server running, and are host and port right?")
            }
            Refusal::Tls(error) => {
                let what = format!("no TLS connection to {place}: {error}");
                Error::new(ErrorKind::Tls, what).with_hint(
                    "does the server offer TLS, and is its certificate one that sslmode and sslrootcert accept?",
                )
            }
            Refusal::Session(WireError::Refused(refused)) => {
                let (why, hint) = refused_login(refused.code());
                connect(&format_args!("{why} (SQLSTATE {})", refused.code()), hint)
            }
            Refusal::Session(error @ WireError::NoPassword) => {
                connect(&error, "write it in the URL, or set PGPASSWORD")
            }
            Refusal::Session(error @ WireError::Login(_)) => connect(
                &error,
                "do password_encryption and pg_hba.conf of the server, and channel_binding of the URL, fit?",
            ),
            Refusal::Session(error) => connect(&error, "is it a PostgreSQL server that listens there?"),
        }
    }
}

/// Why a server did not let us in.
enum Refusal {
    Io(io::Error),
    Tls(io::Error),
    Session(WireError),
    Unfit(&'static str),
    Slow,
}

impl Refusal {
    /// Whether encryption, or the lack of it, may be why.
    fn is_of_the_way(&self) -> bool {
        match self {
            Self::Tls(_) => true,
            Self::Session(error) => error.sqlstate() == Some(sqlstate::INVALID_AUTHORIZATION_SPECIFICATION),
            _ => false,
        }
    }
}

impl From<WireError> for Refusal {
    fn from(error: WireError) -> Self {
        Self::Session(error)
    }
}

fn refused_login(code: &str) -> (&'static str, &'static str) {
    match code {
        sqlstate::INVALID_PASSWORD => {
            ("the password is wrong", "correct user and password of the URL, or PGPASSWORD")
        }
        sqlstate::INVALID_AUTHORIZATION_SPECIFICATION => (
            "the server does not let this user in, or not from here",
            "is the user right, and does pg_hba.conf of the server allow it?",
        ),
        sqlstate::INVALID_CATALOG_NAME => {
            ("the database does not exist", "create it, or correct its name in the URL")
        }
        sqlstate::TOO_MANY_CONNECTIONS => (
            "the server has no connection left",
            "make pool_size and max_overflow smaller, or max_connections larger",
        ),
        sqlstate::CANNOT_CONNECT_NOW => {
            ("the server is starting up or shutting down", "try again in a moment")
        }
        sqlstate::INSUFFICIENT_PRIVILEGE => {
            ("the user may not connect to the database", "grant CONNECT to it")
        }
        sqlstate::INVALID_PARAMETER_VALUE
        | sqlstate::UNDEFINED_OBJECT
        | sqlstate::CANT_CHANGE_RUNTIME_PARAM => (
            "the server refuses a setting of `options`",
            "correct `options` or `statement_timeout` of the URL",
        ),
        sqlstate::PROTOCOL_VIOLATION => (
            "the server, or a pooler before it, refuses a start-up parameter",
            "PgBouncer needs `ignore_startup_parameters = options` if the URL has options or statement_timeout",
        ),
        _ => ("the server refused the connection", "its log says why"),
    }
}

async fn check(client: &mut Connection, wanted: Wanted) -> Result<(), Refusal> {
    let ticket = client.execute_unnamed(SERVER_STATE, &Binds(&[]))?;
    let mut rows = client.accepted(ticket, None).await?;
    let row = client.next(&mut rows).await?;
    let is = |column| row.and_then(|row| row.get(column)).flatten() == Some(TRUE);
    let (read_only, standby) = (is(0), is(1));
    match wanted {
        Wanted::ReadWrite if read_only => Err(Refusal::Unfit("the server refuses writes")),
        Wanted::ReadOnly if !read_only => Err(Refusal::Unfit("the server accepts writes")),
        Wanted::Primary if standby => Err(Refusal::Unfit("the server is a standby")),
        Wanted::Standby if !standby => Err(Refusal::Unfit("the server is no standby")),
        _ => Ok(()),
    }
}
