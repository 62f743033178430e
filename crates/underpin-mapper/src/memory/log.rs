//! What a transaction has written, so that it can be executed again on a newer state.

use underpin_core::{ColumnSet, Datum, Error, OwnedRow, Result};
use underpin_sql::{Change, ChangeKind, Conflict, Tree, Write, WriteKind};

use super::condition::{Condition, Operand, needs_database};
use super::driver::Shared;
use super::group::{Group, OnConflict};
use super::guard::Guard;
use super::intake::take_in;
use super::rules::Rules;
use super::state::State;
use super::table::{Bytes, value};

/// One statement.
pub(super) enum Logged {
    /// Rows that are known by their keys.
    Group(Group),
    /// Whatever rows a condition finds.
    ByQuery(ByQuery),
}

/// An update or delete of the rows that a condition finds.
pub(super) struct ByQuery {
    pub(super) table: usize,
    condition: Option<Condition>,
    /// New values of columns; `None`: the rows go.
    pub(super) set: Option<Vec<(usize, Operand)>>,
}

impl ByQuery {
    /// The keys of the rows that it finds.
    pub(super) fn keys(&self, state: &State) -> Vec<Bytes> {
        let holds = |row: &OwnedRow| self.condition.as_ref().is_none_or(|of| of.holds(row) == Some(true));
        state.tables[self.table]
            .rows()
            .filter(|(_, row)| holds(row))
            .map(|(key, _)| Bytes::clone(key))
            .collect()
    }
}

impl Logged {
    /// Reads the values of a change.
    ///
    /// # Errors
    /// If a value does not fit its column, or only a database can evaluate the change.
    pub(super) fn of(shared: &Shared, now: i64, change: &Change<'_>) -> Result<Self> {
        let (rules, def) = (&shared.rules, change.table());
        let table = rules.position(def)?;
        let set = match &change.kind {
            ChangeKind::Insert(insert) => {
                let (columns, returning) = (insert.columns, ColumnSet::EMPTY);
                let kind = WriteKind::Insert;
                let write =
                    Write { table: def, kind, columns, returning, versioned: false, rows: insert.rows };
                let mut group = take_in(rules, &shared.counters, now, &write)?;
                group.conflict =
                    insert.conflict.map(|conflict| on_conflict(rules, table, conflict)).transpose()?;
                return Ok(Self::Group(group));
            }
            ChangeKind::Update(set) => {
                let set = set.iter().map(|(column, value)| Ok((*column, Operand::of(def, value)?)));
                Some(set.collect::<Result<_>>()?)
            }
            ChangeKind::Delete => None,
            _ => return Err(needs_database(def)),
        };
        let condition = change.of.filter.as_ref().map(|filter| Condition::of(def, filter)).transpose()?;
        Ok(Self::ByQuery(ByQuery { table, condition, set }))
    }

    /// The table that is written.
    pub(super) fn table(&self) -> usize {
        match self {
            Self::Group(group) => group.table,
            Self::ByQuery(query) => query.table,
        }
    }

    /// The values that rows are inserted with unless somebody has them, and that nobody has in a state.
    pub(super) fn free(&self, rules: &Rules, state: &State) -> Vec<Guard> {
        let Self::Group(group @ Group { table, conflict: Some(conflict), .. }) = self else {
            return Vec::new();
        };
        let (table, columns) = (*table, conflict.columns);
        let of = &rules.tables[table];
        let values = group.inserts().filter_map(|row| value(of, of.positions(columns), row));
        let guards = values.map(|value| Guard::Free { table, columns, value });
        guards.filter(|guard| guard.holds(state)).collect()
    }

    /// The rows that it finds in a state, before it is executed.
    pub(super) fn found(&self, state: &State) -> Vec<Bytes> {
        match self {
            Self::Group(group) => group.targets().filter_map(|target| target.key.clone()).collect(),
            Self::ByQuery(query) => query.keys(state),
        }
    }
}

fn on_conflict(rules: &Rules, table: usize, conflict: &Conflict) -> Result<OnConflict> {
    let rules = &rules.tables[table];
    let columns = rules.unique_over(&conflict.columns).ok_or_else(|| {
        Error::usage(
            format!(
                "no primary key, UNIQUE constraint or unique index of {} has these columns",
                rules.def.name
            ),
            "name the columns of one",
        )
    })?;
    Ok(OnConflict { columns, update: conflict.update })
}

/// What comes back of rows.
///
/// # Errors
/// If only a database can evaluate it.
pub(super) fn returned(change: &Change<'_>, rows: &[super::table::Row]) -> Result<Vec<OwnedRow>> {
    let operand = |tree: &Tree| Operand::of(change.table(), tree);
    let operands = change.of.columns.iter().map(operand).collect::<Result<Vec<_>>>()?;
    let row = |row: &super::table::Row| {
        OwnedRow(operands.iter().map(|of| of.value(row).cloned().unwrap_or(Datum::Null)).collect())
    };
    Ok(if operands.is_empty() { Vec::new() } else { rows.iter().map(row).collect() })
}
