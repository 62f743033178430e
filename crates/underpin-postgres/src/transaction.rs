//! What state a connection is in: whether a transaction is open, and whether a request is under way.

use std::borrow::Cow;

use underpin_core::{Error, Result};
use underpin_sql::driver::{Isolation, TransactionOptions};
use underpin_wire::{Connection, Error as WireError};

use crate::connection::PostgresConnection;
use crate::error;

const COMMIT: &str = "COMMIT";
const ROLLBACK: &str = "ROLLBACK";

/// Nothing, which is answered nevertheless.
const NOTHING: &str = "";

/// Fails if the rest of an abandoned stream has aborted the transaction; COMMIT alone would roll back in silence.
const CHECKED_COMMIT: &str = "SELECT; COMMIT";

/// The state of a connection.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    transaction: Transaction,
    /// A request is under way. It stays so if its future is dropped, or panics.
    busy: bool,
    /// The socket is gone, or what it says is not understood.
    pub(crate) lost: bool,
    /// A stream was left before its end; the rest of it arrives before the next answer.
    pub(crate) draining: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Transaction {
    #[default]
    None,
    /// BEGIN travels with the next request.
    Pending(TransactionOptions),
    Open,
    /// Ended by an error. The server may still be in it, waiting for ROLLBACK.
    Aborted {
        on_server: bool,
    },
}

/// How a batch stands to the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope {
    /// BEGIN must come before it.
    pub(crate) begin: Option<TransactionOptions>,
    /// COMMIT must come after it.
    pub(crate) commit: bool,
    /// The caller knows of no transaction; the batch has one of its own.
    pub(crate) own: bool,
}

impl Flow {
    /// Starts a transaction with the next request.
    pub(crate) fn begin(&mut self, options: TransactionOptions) {
        if self.transaction == Transaction::None {
            self.transaction = Transaction::Pending(options);
        }
    }

    /// Whether a transaction is open or about to open.
    pub(crate) fn in_transaction(&self) -> bool {
        self.transaction != Transaction::None
    }

    /// Whether the server is in a transaction.
    pub(crate) fn open_on_server(&self) -> bool {
        matches!(self.transaction, Transaction::Open | Transaction::Aborted { on_server: true })
    }

    /// Whether a request is under way, or was dropped.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy
    }

    /// Starts a request.
    pub(crate) fn enter(&mut self, leads_out_of_failure: bool) -> Result<()> {
        if self.lost {
            return Err(Error::new(
                underpin_core::ErrorKind::ConnectionLost,
                "the connection was lost in an earlier request",
            )
            .with_hint("take another connection"));
        }
        if self.busy {
            return Err(Error::usage(
                "an earlier request on this connection was dropped before it was done",
                "drop the connection, or the unit of work, and take another",
            ));
        }
        // Where the server has left the transaction, no savepoint leads back into it.
        if let Transaction::Aborted { on_server } = self.transaction
            && !(leads_out_of_failure && on_server)
        {
            return Err(error::aborted());
        }
        self.busy = true;
        Ok(())
    }

    /// Ends a request. After a failure inside a transaction that transaction is aborted.
    pub(crate) fn leave<T>(&mut self, result: &Result<T>) {
        self.busy = false;
        let Err(error) = result else {
            if self.transaction != Transaction::None {
                // An answer in a transaction proves that what arrived before it did no harm.
                self.draining = false;
            }
            return;
        };
        self.lost |= error.is_connection();
        self.transaction = match self.transaction {
            Transaction::None => Transaction::None,
            Transaction::Pending(_) => Transaction::Aborted { on_server: false },
            Transaction::Open => Transaction::Aborted { on_server: true },
            aborted @ Transaction::Aborted { .. } => aborted,
        };
    }

    /// Whether the request to come must be preceded by BEGIN; from now on the transaction counts as open.
    pub(crate) fn take_begin(&mut self) -> Option<TransactionOptions> {
        let Transaction::Pending(options) = self.transaction else { return None };
        self.transaction = Transaction::Open;
        Some(options)
    }

    /// What was sent of the transaction has been rolled back; it starts with the next request.
    pub(crate) fn restart(&mut self, options: TransactionOptions) {
        self.transaction = Transaction::Pending(options);
    }

    /// How a batch stands to the transaction.
    pub(crate) fn scope(&self, commit: bool) -> Scope {
        match self.transaction {
            Transaction::None => Scope { begin: Some(TransactionOptions::new()), commit: true, own: true },
            Transaction::Pending(options) => Scope { begin: Some(options), commit, own: false },
            _ => Scope { begin: None, commit, own: false },
        }
    }

    /// BEGIN has been sent, or a savepoint has brought an aborted transaction back.
    pub(crate) fn opened(&mut self) {
        self.transaction = Transaction::Open;
    }

    /// The transaction is over.
    pub(crate) fn closed(&mut self) {
        self.transaction = Transaction::None;
    }

    /// COMMIT was sent and refused, or answered for by an error: the server has left the transaction.
    pub(crate) fn ended_by_failure(&mut self) {
        self.transaction = Transaction::Aborted { on_server: false };
    }

    /// A stream was left before its end. Inside a transaction the rest of it is passed over by the next request;
    /// outside, where nobody will wait for it, the connection stays busy and is discarded.
    pub(crate) fn abandon_stream(&mut self) {
        if self.in_transaction() {
            self.busy = false;
            self.draining = true;
        }
    }

    /// Whether nothing of the transaction has been sent.
    pub(crate) fn is_pending(&self) -> bool {
        matches!(self.transaction, Transaction::Pending(_))
    }
}

/// The statement that begins a transaction.
pub(crate) fn begin_sql(options: TransactionOptions) -> Cow<'static, str> {
    if options == TransactionOptions::new() {
        return Cow::Borrowed("BEGIN");
    }
    let mut sql = String::from("BEGIN");
    sql.push_str(match options.isolation {
        None => "",
        Some(Isolation::ReadCommitted) => " ISOLATION LEVEL READ COMMITTED",
        Some(Isolation::RepeatableRead) => " ISOLATION LEVEL REPEATABLE READ",
        Some(Isolation::Serializable) => " ISOLATION LEVEL SERIALIZABLE",
    });
    sql.push_str(if options.read_only { " READ ONLY" } else { "" });
    sql.push_str(if options.deferrable { " DEFERRABLE" } else { "" });
    Cow::Owned(sql)
}

impl PostgresConnection {
    /// Commits what is open; nothing is sent for a transaction in which nothing was.
    pub(crate) async fn commit_now(&mut self) -> Result<()> {
        if !self.flow.in_transaction() || self.flow.is_pending() {
            self.flow.closed();
            return Ok(());
        }
        self.flow.enter(false)?;
        let sql = if self.flow.draining { CHECKED_COMMIT } else { COMMIT };
        let result = self.command(sql, "commit").await;
        self.flow.leave(&result);
        match &result {
            Ok(()) => self.flow.closed(),
            // SELECT failed, so COMMIT was passed over.
            Err(_) if sql == CHECKED_COMMIT => {}
            Err(_) => self.flow.ended_by_failure(),
        }
        result
    }

    /// Rolls back what is open.
    pub(crate) async fn rollback_now(&mut self) -> Result<()> {
        if !self.flow.open_on_server() || self.flow.lost {
            // A connection that is gone has rolled back already.
            self.flow.closed();
            return Ok(());
        }
        self.flow.enter(true)?;
        let result = self.command(ROLLBACK, "rollback").await;
        self.flow.leave(&result);
        if result.is_ok() {
            self.flow.closed();
        }
        result
    }

    async fn command(&mut self, sql: &'static str, attempted: &'static str) -> Result<()> {
        self.shared.counters.round_trip();
        execute(self.client()?, sql).await.map_err(|error| error::of(&error).context(attempted))
    }

    /// Sends what brings the session back to where it was when it was opened; nobody waits for the answer, because
    /// the server executes in the order of sending.
    pub(crate) fn queue(&mut self, sql: &str) {
        if let Ok(client) = self.client()
            && let Ok(asked) = client.simple(sql)
        {
            drop(asked);
            client.push();
        }
    }
}

/// Waits until all that was sent is answered.
pub(crate) async fn ping(client: &mut Connection) -> Result<(), WireError> {
    execute(client, NOTHING).await
}

/// Executes statements that give no rows, as they stand.
pub(crate) async fn execute(client: &mut Connection, sql: &str) -> Result<(), WireError> {
    let asked = client.simple(sql)?;
    client.done(asked).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begin_says_what_was_asked() {
        assert_eq!(begin_sql(TransactionOptions::new()), "BEGIN");
        let options = TransactionOptions::new().isolation(Isolation::Serializable).read_only().deferrable();
        assert_eq!(begin_sql(options), "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE");
    }

    #[test]
    fn a_failure_aborts_what_was_open() {
        let mut flow = Flow::default();
        flow.begin(TransactionOptions::new());
        assert!(flow.in_transaction() && !flow.open_on_server());
        flow.enter(false).unwrap();
        assert_eq!(flow.take_begin(), Some(TransactionOptions::new()));
        flow.leave(&Err::<(), _>(error::aborted()));
        assert!(flow.open_on_server());
        assert!(flow.enter(false).unwrap_err().is_usage());
        flow.enter(true).unwrap();
        assert!(flow.enter(true).unwrap_err().to_string().contains("dropped"));
    }
}
