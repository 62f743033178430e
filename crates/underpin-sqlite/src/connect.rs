//! From a URL to an open connection: where the file is, how it is opened, and what is set on it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use underpin_core::{Error, ErrorKind, Result};
use underpin_sql::driver::ConnectOptions;

use crate::error::{Attempt, failed};
use crate::functions::register;
use crate::statements::execute;
use crate::transaction::ROLLBACK;

/// Fails if the file is not a database, or is locked exclusively.
const PROBE: &str = "SELECT count(*) FROM sqlite_schema";
const QUERY_ONLY: &str = "PRAGMA query_only = ON";
const NOT_QUERY_ONLY: &str = "PRAGMA query_only = OFF";

/// The options that a URL may carry beside those of the pool.
const NAMES: &str = "mode, busy_timeout, synchronous, journal_mode, foreign_keys, readers, cache_size";

/// Statements of mapped operations that a connection keeps besides those of dynamic text.
const MAPPED_STATEMENTS: usize = 256;

/// Operations of SQLite's machine between two looks at the clock.
const OPERATIONS: i32 = 1_000;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file.
    File(PathBuf),
    /// The memory of this process; each connection would have a database of its own.
    Memory,
}

/// Whether the file is created and written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    ReadOnly,
    ReadWrite,
    Create,
}

/// What a connection is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Reader,
    Writer,
}

/// How connections to one database are opened.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) place: Place,
    pub(crate) mode: Mode,
    pub(crate) readers: usize,
    busy_timeout: Duration,
    /// `PRAGMA` statements in the order in which they are set; a script may change them, `reset` sets them anew.
    pragmas: Vec<String>,
    journal_mode: String,
    statements: usize,
    statement_timeout: Option<Duration>,
}

impl Setup {
    pub(crate) fn parse(options: &mut ConnectOptions) -> Result<Self> {
        if options.scheme() != "sqlite" {
            return Err(Error::config(
                format!("the database URL has the scheme `{}`, not `sqlite`", options.scheme()),
                "write `sqlite:path/to/file.db` or `sqlite::memory:`",
            ));
        }
        let place = place(options.base())?;
        let mode = match options.take("mode").as_deref() {
            None | Some("rwc") => Mode::Create,
            Some("rw") => Mode::ReadWrite,
            Some("ro") => Mode::ReadOnly,
            Some(_) => return Err(malformed("mode", "ro, rw or rwc (read, write, create)")),
        };
        let busy_timeout = number(options, "busy_timeout", 0..=86_400_000)?.unwrap_or(5_000);
        let synchronous = word(options, "synchronous", "normal", &["off", "normal", "full", "extra"])?;
        let journals = ["wal", "delete", "truncate", "persist", "memory", "off"];
        let journal_mode = word(options, "journal_mode", "wal", &journals)?;
        let foreign_keys = match word(options, "foreign_keys", "on", &SWITCH)?.as_str() {
            "on" | "true" | "1" | "yes" => "ON",
            _ => "OFF",
        };
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let readers = number(options, "readers", 1..=64)?;
        let readers = readers.and_then(|count| usize::try_from(count).ok()).unwrap_or(cores.clamp(2, 4));
        let mut pragmas = vec![
            format!("PRAGMA foreign_keys = {foreign_keys}"),
            format!("PRAGMA synchronous = {synchronous}"),
        ];
        if let Some(pages) = number(options, "cache_size", -0x7fff_ffff..=0x7fff_ffff)? {
            pragmas.push(format!("PRAGMA cache_size = {pages}"));
        }
        options.finish(NAMES)?;
        Ok(Self {
            place,
            mode,
            readers,
            busy_timeout: Duration::from_millis(busy_timeout.unsigned_abs()),
            pragmas,
            journal_mode,
            statements: options.pool().statement_cache + MAPPED_STATEMENTS,
            statement_timeout: options.pool().statement_timeout,
        })
    }

    /// Opens a connection. It may wait for the busy timeout.
    pub(crate) fn open(self: &Arc<Self>, role: Role) -> Result<Session> {
        let opened = self.open_file(role);
        opened.map_err(|error| match &self.place {
            Place::File(path) => error.context(format!("open the SQLite file {}", path.display())),
            Place::Memory => error.context("open an SQLite database in memory"),
        })
    }

    fn open_file(self: &Arc<Self>, role: Role) -> Result<Session> {
        let wrong = |why| failed(why, Attempt::Open);
        let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags |= match self.mode {
            Mode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Mode::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let db = match &self.place {
            Place::Memory => Connection::open_in_memory().map_err(wrong)?,
            Place::File(path) => {
                check_path(path, self.mode)?;
                Connection::open_with_flags(path, flags).map_err(wrong)?
            }
        };
        db.busy_timeout(self.busy_timeout).map_err(wrong)?;
        db.set_prepared_statement_cache_capacity(self.statements);
        // Otherwise a misspelt "column" is silently a string.
        for switch in [DbConfig::SQLITE_DBCONFIG_DQS_DML, DbConfig::SQLITE_DBCONFIG_DQS_DDL] {
            db.set_db_config(switch, false).map_err(wrong)?;
        }
        register(&db).map_err(wrong)?;
        let mut session = Session { db, setup: Arc::clone(self), role, clock: None };
        session.retry(|db| db.query_row(PROBE, [], |_| Ok(())))?;
        if self.mode != Mode::ReadOnly {
            if session.db.is_readonly("main").map_err(wrong)? {
                let hint = "make file and directory writable, or open it with `?mode=ro`";
                return Err(Error::new(ErrorKind::Connect, "the file is read-only").with_hint(hint));
            }
            session.set_journal_mode()?;
        }
        session.set_pragmas()?;
        session.set_clock();
        Ok(session)
    }
}

/// A connection with what is known of it; lives on one thread at a time.
pub(crate) struct Session {
    pub(crate) db: Connection,
    setup: Arc<Setup>,
    role: Role,
    clock: Option<Clock>,
}

/// When the running statement has to be done, in microseconds since `base`.
struct Clock {
    base: Instant,
    limit: Duration,
    deadline: Arc<AtomicU64>,
}

impl Session {
    /// Whether nothing may be written by this connection, whatever the request.
    pub(crate) fn reads_only(&self) -> bool {
        self.role == Role::Reader
    }

    /// Starts the time that a statement may take.
    pub(crate) fn start_clock(&self) {
        if let Some(Clock { base, limit, deadline }) = &self.clock {
            deadline.store(micros(base.elapsed() + *limit), Ordering::Relaxed);
        }
    }

    /// Lets what follows take its time: COMMIT and ROLLBACK must not be interrupted.
    pub(crate) fn stop_clock(&self) {
        if let Some(clock) = &self.clock {
            clock.deadline.store(u64::MAX, Ordering::Relaxed);
        }
    }

    /// Makes the connection as good as new for its next user: no transaction, all settings as they were.
    pub(crate) fn reset(&mut self) -> Result<()> {
        self.stop_clock();
        if !self.db.is_autocommit() {
            execute(&self.db, ROLLBACK).map_err(|why| failed(why, Attempt::Statement))?;
        }
        self.set_pragmas()
    }

    /// Runs `work` while the connection refuses to write.
    pub(crate) fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let set = |session: &Self, sql| {
            session.db.execute_batch(sql).map_err(|why| failed(why, Attempt::Statement))
        };
        set(self, QUERY_ONLY)?;
        let done = work(self);
        set(self, NOT_QUERY_ONLY)?;
        done
    }

    fn set_pragmas(&self) -> Result<()> {
        let set = |sql: &str| self.db.execute_batch(sql).map_err(|why| failed(why, Attempt::Open));
        self.setup.pragmas.iter().try_for_each(|sql| set(sql))?;
        set(if self.role == Role::Reader { QUERY_ONLY } else { NOT_QUERY_ONLY })
    }

    /// WAL is kept in the file, other journal modes are each connection's own. Changing it needs the file alone, and SQLite does not wait for that.
    fn set_journal_mode(&mut self) -> Result<()> {
        let wanted = self.setup.journal_mode.clone();
        let sql = format!("PRAGMA journal_mode = {wanted}");
        let set: String = self.retry(|db| db.query_row(&sql, [], |row| row.get(0)))?;
        if set.eq_ignore_ascii_case(&wanted) || self.setup.place == Place::Memory {
            return Ok(());
        }
        let what = format!("the file cannot be switched to journal_mode={wanted}, it stays {set}");
        Err(Error::new(ErrorKind::Connect, what).with_hint("choose another `journal_mode` in the URL"))
    }

    /// Repeats what meets a lock, for the busy timeout.
    fn retry<T>(&self, work: impl Fn(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        let start = Instant::now();
        loop {
            match work(&self.db) {
                Err(why)
                    if why.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                        && start.elapsed() < self.setup.busy_timeout =>
                {
                    std::thread::sleep(Duration::from_millis(5));
                }
                done => return done.map_err(|why| failed(why, Attempt::Open)),
            }
        }
    }

    fn set_clock(&mut self) {
        let Some(limit) = self.setup.statement_timeout else { return };
        let base = Instant::now();
        let deadline = Arc::new(AtomicU64::new(u64::MAX));
        let seen = Arc::clone(&deadline);
        let over = move || micros(base.elapsed()) > seen.load(Ordering::Relaxed);
        // Older versions of rusqlite give nothing here, newer ones an error for connections that are not their own.
        let _ = self.db.progress_handler(OPERATIONS, Some(over));
        self.clock = Some(Clock { base, limit, deadline });
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// The words of a switch.
const SWITCH: [&str; 8] = ["on", "off", "true", "false", "1", "0", "yes", "no"];

fn malformed(name: &str, expected: &str) -> Error {
    Error::config(
        format!("the option {name} of the database URL is malformed"),
        format!("it takes {expected}"),
    )
}

fn word(options: &mut ConnectOptions, name: &str, default: &str, words: &[&str]) -> Result<String> {
    let Some(given) = options.take(name) else { return Ok(default.to_owned()) };
    let given = given.to_ascii_lowercase();
    if words.contains(&given.as_str()) { Ok(given) } else { Err(malformed(name, &words.join(", "))) }
}

fn number(
    options: &mut ConnectOptions,
    name: &str,
    range: std::ops::RangeInclusive<i64>,
) -> Result<Option<i64>> {
    let Some(given) = options.take(name) else { return Ok(None) };
    match given.parse() {
        Ok(number) if range.contains(&number) => Ok(Some(number)),
        _ => Err(malformed(name, &format!("a whole number from {} to {}", range.start(), range.end()))),
    }
}

/// `sqlite:path`, `sqlite://path`, `sqlite:///absolute/path`, `sqlite::memory:`.
fn place(base: &str) -> Result<Place> {
    let path = base.split_once(':').map_or("", |(_, path)| path);
    let path = path.strip_prefix("//").unwrap_or(path);
    if path == ":memory:" {
        return Ok(Place::Memory);
    }
    if path.is_empty() {
        let hint = "write `sqlite:path/to/file.db`, or `sqlite::memory:` for a database that nobody keeps";
        return Err(Error::config("the database URL names no file", hint));
    }
    let path = underpin_sql::driver::percent_decode(path)?;
    // Absolute, so that a later change of directory does not matter and SQLite never takes it for a `file:` URI.
    let path = std::path::absolute(path.as_ref())
        .map_err(|_| Error::config("the current directory is gone", "give the file's absolute path"))?;
    Ok(Place::File(path))
}

/// Says what SQLite's "unable to open database file" leaves open.
fn check_path(path: &Path, mode: Mode) -> Result<()> {
    let refused =
        |what: &'static str, hint: &'static str| Err(Error::new(ErrorKind::Connect, what).with_hint(hint));
    match path.parent() {
        Some(parent) if !parent.is_dir() => {
            refused("the directory does not exist", "create the directory, or correct the path in the URL")
        }
        _ if path.is_dir() => refused("the path is a directory", "name a file in it"),
        _ if mode != Mode::Create && !path.exists() => {
            refused("the file does not exist", "correct the path, or let it be created by `?mode=rwc`")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<Setup> {
        Setup::parse(&mut ConnectOptions::parse(url)?)
    }

    #[test]
    fn urls_name_a_file_or_memory() {
        let here = std::env::current_dir().unwrap();
        for (url, place) in [
            ("sqlite:a.db", Place::File(here.join("a.db"))),
            ("sqlite://b/a.db", Place::File(here.join("b/a.db"))),
            ("sqlite:///tmp/a.db", Place::File("/tmp/a.db".into())),
            ("sqlite:/tmp/a.db", Place::File("/tmp/a.db".into())),
            ("sqlite:/tmp/a%20b%3F.db?mode=ro", Place::File("/tmp/a b?.db".into())),
            ("sqlite:file:a.db", Place::File(here.join("file:a.db"))),
            ("sqlite::memory:", Place::Memory),
            ("sqlite://:memory:", Place::Memory),
        ] {
            assert_eq!(parse(url).unwrap().place, place, "{url}");
        }
    }

    #[test]
    fn mistakes_in_a_url_are_named() {
        for (url, names) in [
            ("sqlite:", "no file"),
            ("sqlite://", "no file"),
            ("postgres://h/db", "scheme"),
            ("sqlite:a.db?mode=w", "mode"),
            ("sqlite:a.db?busy_timeout=-1", "busy_timeout"),
            ("sqlite:a.db?busy_timeout=soon", "busy_timeout"),
            ("sqlite:a.db?synchronous=maybe", "synchronous"),
            ("sqlite:a.db?journal_mode=none", "journal_mode"),
            ("sqlite:a.db?foreign_keys=2", "foreign_keys"),
            ("sqlite:a.db?readers=0", "readers"),
            ("sqlite:a.db?cache_size=big", "cache_size"),
            ("sqlite:a.db?sslmode=require", "sslmode"),
        ] {
            let error = parse(url).unwrap_err();
            assert!(error.is_config() && error.to_string().contains(names), "{url}: {error}");
            assert!(error.hint().is_some(), "{url}");
        }
    }
}
