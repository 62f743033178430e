//! Executing one group of writes on a state, as one statement of a database would.

mod by_query;
mod deferred;
mod delete;
mod foreign_key;
mod insert;
mod not_null;
mod unique;
mod update;
mod upsert;

use std::collections::VecDeque;

use underpin_core::{Error, Result, Stale};

use crate::group::{Change, Group, Target};
use crate::log::Logged;
use crate::rules::{Rules, TableRules};
use crate::state::State;
use crate::table::{Bytes, Row};
use foreign_key::Event;

pub(crate) use deferred::check_deferred;

/// A statement under way. If it fails, its state is of no use any more.
struct Statement<'a> {
    rules: &'a Rules,
    state: &'a mut State,
    /// Microseconds since the epoch, for `ON DELETE SET DEFAULT`.
    now: i64,
    /// What foreign keys have still to do or to check, in the order in which it came up.
    events: VecDeque<Event>,
}

/// Executes a statement row by row: values that may not repeat are compared with what the rows before have left, foreign
/// keys when the last row is done. Gives the rows that it has written; deleted ones as they were.
///
/// # Errors
/// If a row is stale or a constraint refuses it. The state is then of no use any more.
pub(crate) fn apply(rules: &Rules, state: &mut State, now: i64, logged: &Logged) -> Result<Vec<Row>> {
    let mut statement = Statement { rules, state, now, events: VecDeque::new() };
    let rows = match logged {
        Logged::Group(group) => statement.group(group)?,
        Logged::ByQuery(query) => statement.by_query(query)?,
    };
    statement.settle()?;
    Ok(rows)
}

impl<'a> Statement<'a> {
    fn table(&self, table: usize) -> &'a TableRules {
        &self.rules.tables[table]
    }

    fn group(&mut self, group: &Group) -> Result<Vec<Row>> {
        let mut written = Vec::with_capacity(group.changes.len());
        for (index, change) in group.changes.iter().enumerate() {
            written.push(match (change, &group.conflict) {
                (Change::Insert(row), Some(conflict)) => match self.upsert(group.table, row, conflict)? {
                    Some(row) => row,
                    None => continue,
                },
                (Change::Insert(row), None) => {
                    self.insert(group.table, Row::clone(row))?;
                    Row::clone(row)
                }
                (Change::Update(target, cells), _) => self.update(group, index, target, cells)?,
                (Change::Delete(target), _) => {
                    let key = self.find(group.table, index, target)?;
                    self.delete(group.table, &key)?
                }
            });
        }
        Ok(written)
    }

    /// The key of a row that must be there.
    fn find(&self, table: usize, index: usize, target: &Target) -> Result<Bytes> {
        let rules = self.table(table);
        let found = target.key.as_ref().and_then(|key| Some((key, self.state.tables[table].get(key)?)));
        match found {
            Some((key, row)) if target.is_met_by(row, rules.def) => Ok(Bytes::clone(key)),
            _ => Err(Error::stale(Stale::new(rules.def.name, index)).with_key(target.text.clone())),
        }
    }
}
