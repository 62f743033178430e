//! Where a connection stands in its transaction. The caller keeps it; it travels with every request and comes back.

use rusqlite::Connection;
use underpin_core::{Error, ErrorKind, Result};
use underpin_sql::driver::TransactionOptions;

use crate::connect::Session;
use crate::error::{Attempt, failed};
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
    /// A statement failed. Without savepoints SQLite's own transaction is already rolled back.
    Aborted,
}

/// The error of a request in an aborted transaction, with PostgreSQL's code for it.
fn aborted() -> Error {
    Error::new(
        ErrorKind::Database { sqlstate: Some("25P02".to_owned()) },
        "the transaction is aborted: a statement in it has failed",
    )
    .with_hint("roll it back, or go back to a savepoint")
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

    /// Whether each statement stands alone.
    pub(crate) fn is_idle(self) -> bool {
        self.phase == Phase::Idle
    }

    /// Whether SQLite itself has nothing open, so that the end of the transaction needs no request.
    pub(crate) fn is_unsent(self) -> bool {
        match self.phase {
            Phase::Idle | Phase::Pending => true,
            Phase::Open => false,
            Phase::Aborted => !self.savepoints,
        }
    }

    /// Whether a statement in the transaction has failed.
    pub(crate) fn is_aborted(self) -> bool {
        self.phase == Phase::Aborted
    }

    /// Whether the transaction refuses to write.
    pub(crate) fn is_read_only(self) -> bool {
        self.read_only
    }

    /// Opens the transaction if it is due.
    pub(crate) fn enter(&mut self, session: &Session) -> Result<()> {
        match self.phase {
            Phase::Idle | Phase::Open => Ok(()),
            Phase::Aborted => Err(aborted()),
            Phase::Pending => {
                session.stop_clock();
                let reads = self.read_only || session.reads_only();
                match execute(&session.db, if reads { BEGIN_READING } else { BEGIN_WRITING }) {
                    Ok(()) => {
                        self.phase = Phase::Open;
                        Ok(())
                    }
                    Err(why) => {
                        self.phase = Phase::Aborted;
                        Err(failed(why, Attempt::Statement))
                    }
                }
            }
        }
    }

    /// Opens the transaction if it is due, and refuses to write in one that is read-only.
    pub(crate) fn enter_to_write(&mut self, session: &Session) -> Result<()> {
        self.enter(session)?;
        if self.read_only {
            self.fail(session);
            let kind = ErrorKind::Database { sqlstate: Some("25006".to_owned()) };
            return Err(Error::new(kind, "the transaction is read-only").with_hint("begin it for writing"));
        }
        Ok(())
    }

    /// A statement failed: the transaction is aborted, and rolled back at once if nobody can go back to a savepoint.
    pub(crate) fn fail(&mut self, session: &Session) {
        session.stop_clock();
        if self.phase == Phase::Open {
            self.phase = Phase::Aborted;
        }
        if !self.savepoints {
            roll_back(&session.db);
        }
        // Some failures (a full disk, an interrupt) end the transaction in SQLite itself.
        self.savepoints &= !session.db.is_autocommit();
    }

    /// Commits what is open.
    pub(crate) fn commit(&mut self, session: &Session) -> Result<()> {
        session.stop_clock();
        let aborted = self.is_aborted();
        let unsent = self.is_unsent();
        *self = Self::default();
        if aborted {
            roll_back(&session.db);
            return Err(self::aborted().context("commit (it was rolled back instead)"));
        }
        if unsent { Ok(()) } else { commit(session, Attempt::Statement) }
    }

    /// Rolls back what is open.
    pub(crate) fn roll_back(&mut self, session: &Session) -> Result<()> {
        session.stop_clock();
        *self = Self::default();
        if session.db.is_autocommit() {
            return Ok(());
        }
        execute(&session.db, ROLLBACK).map_err(|why| failed(why, Attempt::Statement))
    }

    /// Sets a savepoint.
    pub(crate) fn savepoint(&mut self, session: &Session, number: u32) -> Result<()> {
        self.on_savepoint(session, &format!("SAVEPOINT underpin_{number}"))?;
        self.savepoints = true;
        Ok(())
    }

    /// Goes back to a savepoint, which ends the abortion of the transaction.
    pub(crate) fn roll_back_to(&mut self, session: &Session, number: u32) -> Result<()> {
        if self.phase == Phase::Aborted && !self.savepoints {
            return Err(aborted());
        }
        self.on_savepoint(session, &format!("ROLLBACK TO underpin_{number}"))?;
        if self.phase == Phase::Aborted {
            self.phase = Phase::Open;
        }
        Ok(())
    }

    /// Forgets a savepoint.
    pub(crate) fn release(&mut self, session: &Session, number: u32) -> Result<()> {
        self.on_savepoint(session, &format!("RELEASE underpin_{number}"))
    }

    fn on_savepoint(&mut self, session: &Session, sql: &str) -> Result<()> {
        session.stop_clock();
        execute(&session.db, sql).map_err(|why| failed(why, Attempt::Statement))
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

/// Commits; if that fails, nothing stays open.
pub(crate) fn commit(session: &Session, attempt: Attempt<'_>) -> Result<()> {
    session.stop_clock();
    execute(&session.db, COMMIT).map_err(|why| {
        roll_back(&session.db);
        failed(why, attempt)
    })
}

/// Rolls back if something is open. There is no better answer to a failure here than the failure that led here; the
/// pool looks again before it gives the connection to the next user.
fn roll_back(db: &Connection) {
    if !db.is_autocommit() {
        let _ = execute(db, ROLLBACK);
    }
}
