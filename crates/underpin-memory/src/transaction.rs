//! One transaction: its copy of the state, and what it has written.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use underpin_core::{Error, ErrorKind, OwnedRow, Result};
use underpin_sql::driver::{Isolation, TransactionOptions};
use underpin_sql::{Change, Query, Write};

use crate::apply::{apply, check_deferred};
use crate::connection::reading;
use crate::driver::Shared;
use crate::guard::Guard;
use crate::intake::take_in;
use crate::log::{Logged, returned};
use crate::query::Around;
use crate::replay::replay;
use crate::select::{Found, select};
use crate::state::State;
use crate::table::Row;

/// A transaction in which a request has been made.
pub(crate) struct Transaction {
    options: TransactionOptions,
    /// When it began, in microseconds since the epoch: the present moment of its defaults.
    now: i64,
    at: Position,
    savepoints: Vec<(u32, Position)>,
}

/// Where a transaction stands; a savepoint is a copy of it.
#[derive(Clone)]
struct Position {
    /// The committed state that the copy is based on.
    base: Arc<State>,
    /// The transaction's own copy.
    copy: State,
    /// The writes that lead from one to the other.
    log: Vec<Arc<Logged>>,
    guards: Vec<Arc<Guard>>,
}

impl Transaction {
    pub(crate) fn new(options: TransactionOptions, newest: Arc<State>) -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let copy = (*newest).clone();
        Self {
            options,
            now: i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX),
            at: Position { base: newest, copy, log: Vec::new(), guards: Vec::new() },
            savepoints: Vec::new(),
        }
    }

    /// Runs a query on what the transaction sees now.
    pub(crate) fn select(&mut self, shared: &Shared, query: &Query<'_>) -> Result<Found> {
        shared.count_statement(|| reading(query.table()));
        self.catch_up(shared);
        let found = select(&shared.rules, &self.at.copy, self.now, query)?;
        if found.locked {
            let base = &self.at.base;
            let guards = found.rows.iter().filter_map(|(key, _)| Guard::of_row(base, found.tables[0], key));
            self.at.guards.extend(guards.map(Arc::new));
        }
        found.tables.iter().for_each(|table| self.rely_on_table(*table));
        Ok(found)
    }

    /// Executes a group of writes.
    pub(crate) fn write(&mut self, shared: &Shared, write: &Write<'_>) -> Result<Vec<OwnedRow>> {
        self.prepare(shared, || write.attempted())?;
        let group = take_in(&shared.rules, &shared.counters, self.now, write)?;
        let columns = group.returning;
        let rows = self.execute(shared, Logged::Group(group))?;
        let cells = |row: &Row| columns.iter().filter_map(|column| row.0.get(column).cloned()).collect();
        let of_row = |row: &Row| OwnedRow(cells(row));
        Ok(if columns.is_empty() { Vec::new() } else { rows.iter().map(of_row).collect() })
    }

    /// Executes a change of many rows; gives their number and what comes back of them.
    pub(crate) fn change(&mut self, shared: &Shared, change: &Change<'_>) -> Result<(u64, Vec<OwnedRow>)> {
        self.prepare(shared, || change.attempted())?;
        let logged = Logged::of(shared, self.now, change)?;
        let rows = self.execute(shared, logged)?;
        let around = Around::of(&self.at.copy, self.now);
        Ok((rows.len() as u64, returned(&shared.rules, &around, change, &rows)?))
    }

    fn prepare(&mut self, shared: &Shared, describe: impl FnOnce() -> String) -> Result<()> {
        shared.count_statement(describe);
        if self.options.read_only {
            let kind = ErrorKind::Database { sqlstate: Some("25006".to_owned()) };
            return Err(Error::new(kind, "the transaction is read-only").with_hint("begin it for writing"));
        }
        self.catch_up(shared);
        Ok(())
    }

    fn execute(&mut self, shared: &Shared, logged: Logged) -> Result<Vec<Row>> {
        let found = if self.sees_one_state() { logged.found(&self.at.copy, self.now)? } else { Vec::new() };
        let rows = apply(&shared.rules, &mut self.at.copy, self.now, &logged)?;
        let (base, table) = (&self.at.base, logged.table());
        let guards = found.iter().filter_map(|key| Guard::of_row(base, table, key));
        let guards = guards.chain(logged.free(&shared.rules, base));
        self.at.guards.extend(guards.map(Arc::new));
        self.rely_on_table(table);
        self.at.log.push(Arc::new(logged));
        Ok(rows)
    }

    /// Makes what was written the committed state.
    ///
    /// # Errors
    /// If others have committed meanwhile what cannot stand beside it, or a deferred constraint is violated.
    pub(crate) fn commit(self, shared: &Shared) -> Result<()> {
        if self.at.log.is_empty() {
            return Ok(());
        }
        let Position { base, mut copy, log, guards } = self.at;
        shared.committed.replace(|newest| {
            if !Arc::ptr_eq(newest, &base) {
                if !guards.iter().all(|guard| guard.holds(newest)) {
                    return Err(Error::new(ErrorKind::Serialization, "")
                        .with_hint("run the unit of work again from its start"));
                }
                copy = replay(&shared.rules, newest, self.now, &log)?;
            }
            check_deferred(&shared.rules, &mut copy)?;
            Ok(copy)
        })
    }

    pub(crate) fn savepoint(&mut self, number: u32) {
        self.savepoints.push((number, self.at.clone()));
    }

    /// Goes back to a savepoint, which stays; those set after it are gone.
    pub(crate) fn roll_back_to(&mut self, number: u32) -> Result<()> {
        let index = self.find(number)?;
        self.savepoints.truncate(index + 1);
        self.at = self.savepoints[index].1.clone();
        Ok(())
    }

    /// Forgets a savepoint and those set after it.
    pub(crate) fn release(&mut self, number: u32) -> Result<()> {
        let index = self.find(number)?;
        self.savepoints.truncate(index);
        Ok(())
    }

    fn find(&self, number: u32) -> Result<usize> {
        self.savepoints.iter().rposition(|(known, _)| *known == number).ok_or_else(|| {
            let kind = ErrorKind::Database { sqlstate: Some("3B001".to_owned()) };
            Error::new(kind, format!("the savepoint {number} is not open")).with_hint(
                "it was never set, was released, or the transaction went back to one that was set before it",
            )
        })
    }

    /// Bases the copy on the newest committed state, where the isolation level says so and it is possible.
    fn catch_up(&mut self, shared: &Shared) {
        if self.sees_one_state() {
            return;
        }
        let newest = shared.committed.newest();
        if Arc::ptr_eq(&newest, &self.at.base) || !self.at.guards.iter().all(|guard| guard.holds(&newest)) {
            return;
        }
        // A failure is none yet: who goes on may still roll back, and the commit will report it.
        if let Ok(copy) = replay(&shared.rules, &newest, self.now, &self.at.log) {
            self.at.copy = copy;
            self.at.base = newest;
        }
    }

    fn sees_one_state(&self) -> bool {
        matches!(self.options.isolation, Some(Isolation::RepeatableRead | Isolation::Serializable))
    }

    fn rely_on_table(&mut self, table: usize) {
        if self.options.isolation == Some(Isolation::Serializable) {
            self.at.guards.push(Arc::new(Guard::of_table(&self.at.base, table)));
        }
    }
}
