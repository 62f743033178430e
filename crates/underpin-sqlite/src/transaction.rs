//! Where a connection stands in its transaction. The caller keeps it; it travels with every request and comes back.

use rusqlite::Connection;
use underpin_core::{Error, ErrorKind, Result};
use underpin_sql::driver::TransactionOptions;

use crate::connect::Session;
use crate::error::{Attempt, aborted, failed};
use crate::statements::execute;

const BEGIN_WRITING: &str = "BEGIN IMMEDIATE";
const BEGIN_READING: &str = "BEGIN DEFERRED";
const COMMIT: &str = "COMMIT";
pub(crate) const ROLLBACK: &str = "ROLLBACK";

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct State {
    phase: Phase,
    /// Whether the transaction refuses to write.
    read_only: bool,
    /// Whether a savepoint has been set, so that an aborted transaction can be taken up again.
    savepoints: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Phase {
    /// Every statement commits by itself.
    #[default]
    Idle,
    /// BEGIN goes with the next request.
    Pending,
    /// BEGIN has been executed.
    Open,
    /// A request failed.
    Aborted {
        /// Whether SQLite's own transaction is still open.
        open: bool,
    },
}

impl State {
    /// Starts a transaction with the next request; inside a transaction it does nothing.
    pub(crate) fn begin(&mut self, options: TransactionOptions) {
        if self.phase == Phase::Idle {
            *self = Self { phase: Phase::Pending, read_only: options.read_only, savepoints: false };
        }
    }

    /// Whether a transaction is open, or about to open.
    pub(crate) fn is_transaction(self) -> bool {
        self.phase != Phase::Idle
    }

    /// Whether SQLite itself has a transaction open.
    pub(crate) fn is_open(self) -> bool {
        matches!(self.phase, Phase::Open | Phase::Aborted { open: true })
    }

    /// Whether a request in the transaction has failed.
    pub(crate) fn is_aborted(self) -> bool {
        matches!(self.phase, Phase::Aborted { .. })
    }

    /// Whether the transaction refuses to write.
    pub(crate) fn is_read_only(self) -> bool {
        self.read_only
    }

    /// Opens the transaction if it is due.
    pub(crate) fn enter(&mut self, session: &Session) -> Result<()> {
        match self.phase {
            Phase::Idle | Phase::Open => Ok(()),
            Phase::Aborted { .. } => Err(aborted()),
            Phase::Pending => {
                session.stop_clock();
                let reads = self.read_only || session.reads_only();
                let begun = execute(&session.db, if reads { BEGIN_READING } else { BEGIN_WRITING });
                let open = begun.is_ok();
                self.phase = if open { Phase::Open } else { Phase::Aborted { open } };
                begun.map_err(|why| failed(why, Attempt::Statement).context("begin"))
            }
        }
    }

    /// Refuses to write in a transaction that is read-only.
    pub(crate) fn check_writable(self) -> Result<()> {
        if self.read_only {
            let kind = ErrorKind::Database { sqlstate: Some("25006".to_owned()) };
            return Err(Error::new(kind, "the transaction is read-only").with_hint("begin it for writing"));
        }
        Ok(())
    }

    /// A statement failed: the transaction is aborted, and rolled back at once if nobody can go back to a savepoint.
    pub(crate) fn fail(&mut self, session: &Session) {
        session.stop_clock();
        if !self.savepoints {
            roll_back(&session.db);
        }
        if self.phase != Phase::Idle {
            // Some failures (a full disk, an interrupt) end the transaction in SQLite itself.
            self.phase = Phase::Aborted { open: !session.db.is_autocommit() };
        }
    }

    /// A request failed on the caller's side: before it was sent, or because of what came back.
    pub(crate) fn abort(&mut self) {
        self.phase = match self.phase {
            Phase::Pending => Phase::Aborted { open: false },
            Phase::Open => Phase::Aborted { open: true },
            idle_or_aborted => idle_or_aborted,
        };
    }

    /// Commits what is open. If that fails nothing stays open, and the transaction counts as aborted.
    pub(crate) fn commit(&mut self, session: &Session) -> Result<()> {
        session.stop_clock();
        if self.is_aborted() {
            return Err(aborted());
        }
        let committed = if self.is_open() { execute(&session.db, COMMIT) } else { Ok(()) };
        if committed.is_err() {
            roll_back(&session.db);
            self.phase = Phase::Aborted { open: false };
        } else {
            *self = Self::default();
        }
        committed.map_err(|why| failed(why, Attempt::Statement).context("commit"))
    }

    /// Rolls back what is open.
    pub(crate) fn roll_back(&mut self, session: &Session) -> Result<()> {
        session.stop_clock();
        *self = Self::default();
        if session.db.is_autocommit() {
            return Ok(());
        }
        execute(&session.db, ROLLBACK).map_err(|why| failed(why, Attempt::Statement).context("rollback"))
    }

    /// Sets a savepoint.
    pub(crate) fn savepoint(&mut self, session: &Session, number: u32) -> Result<()> {
        on_savepoint(session, "SAVEPOINT", number)?;
        self.savepoints = true;
        Ok(())
    }

    /// Goes back to a savepoint, which takes an aborted transaction up again.
    pub(crate) fn roll_back_to(&mut self, session: &Session, number: u32) -> Result<()> {
        if self.phase == (Phase::Aborted { open: false }) {
            return Err(aborted());
        }
        on_savepoint(session, "ROLLBACK TO", number)?;
        if self.is_aborted() {
            self.phase = Phase::Open;
        }
        Ok(())
    }

    /// Forgets a savepoint.
    pub(crate) fn release(self, session: &Session, number: u32) -> Result<()> {
        on_savepoint(session, "RELEASE", number)
    }

    /// Follows a script that may itself have begun or ended a transaction.
    pub(crate) fn follow(&mut self, session: &Session) {
        let open = !session.db.is_autocommit();
        match (self.phase, open) {
            (Phase::Idle, true) => *self = Self { phase: Phase::Open, ..Self::default() },
            (Phase::Open, false) => *self = Self::default(),
            _ => {}
        }
    }
}

fn on_savepoint(session: &Session, verb: &str, number: u32) -> Result<()> {
    session.stop_clock();
    execute(&session.db, &format!("{verb} underpin_{number}"))
        .map_err(|why| failed(why, Attempt::Statement).context(verb.to_lowercase()))
}

/// Rolls back if something is open. There is no better answer to a failure here than the failure that led here; the
/// pool looks again before it gives the connection to the next user.
fn roll_back(db: &Connection) {
    if !db.is_autocommit() {
        let _ = execute(db, ROLLBACK);
    }
}
