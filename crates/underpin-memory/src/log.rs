//! What a transaction has written, so that it can be executed again on a newer state.

use underpin_core::{ColumnSet, Error, OwnedRow, Result};
use underpin_sql::{Change, ChangeKind, Conflict, Tree, Write, WriteKind};

use crate::driver::Shared;
use crate::group::{Group, OnConflict};
use crate::guard::Guard;
use crate::intake::take_in;
use crate::query::{self, Around, Expr};
use crate::rules::Rules;
use crate::state::State;
use crate::table::{Bytes, Row, value};

/// One statement.
pub(crate) enum Logged {
    /// Rows that are known by their keys.
    Group(Group),
    /// Whatever rows a condition finds.
    ByQuery(ByQuery),
}

/// An update or delete of the rows that a condition finds.
pub(crate) struct ByQuery {
    pub(crate) table: usize,
    condition: Option<Expr>,
    /// New values of columns; `None`: the rows go.
    pub(crate) set: Option<Vec<(usize, Expr)>>,
}

impl ByQuery {
    /// The keys of the rows that it finds.
    ///
    /// # Errors
    /// If a value cannot be calculated.
    pub(crate) fn keys(&self, state: &State, now: i64) -> Result<Vec<Bytes>> {
        let around = Around::of(state, now);
        let mut keys = Vec::new();
        for (key, row) in state.tables[self.table].rows() {
            let item = [Some((Bytes::clone(key), Row::clone(row)))];
            if self.condition.as_ref().map_or(Ok(true), |of| around.with(&item, &[]).holds(of))? {
                keys.push(Bytes::clone(key));
            }
        }
        Ok(keys)
    }
}

impl Logged {
    /// Reads the values of a change.
    ///
    /// # Errors
    /// If a value does not fit its column, or only a database can evaluate the change.
    pub(crate) fn of(shared: &Shared, now: i64, change: &Change<'_>) -> Result<Self> {
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
                let set =
                    set.iter().map(|(column, value)| Ok((*column, query::expression(rules, def, value)?)));
                Some(set.collect::<Result<_>>()?)
            }
            ChangeKind::Delete => None,
            _ => {
                return Err(Error::usage(
                    format!("the in-memory store does not know this change of table {}", def.name),
                    "report this as a defect",
                ));
            }
        };
        let condition = query::condition(rules, &change.of)?;
        Ok(Self::ByQuery(ByQuery { table, condition, set }))
    }

    /// The table that is written.
    pub(crate) fn table(&self) -> usize {
        match self {
            Self::Group(group) => group.table,
            Self::ByQuery(query) => query.table,
        }
    }

    /// The values that rows are inserted with unless somebody has them, and that nobody has in a state.
    pub(crate) fn free(&self, rules: &Rules, state: &State) -> Vec<Guard> {
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
    ///
    /// # Errors
    /// If a value cannot be calculated.
    pub(crate) fn found(&self, state: &State, now: i64) -> Result<Vec<Bytes>> {
        match self {
            Self::Group(group) => Ok(group.targets().filter_map(|target| target.key.clone()).collect()),
            Self::ByQuery(query) => query.keys(state, now),
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
pub(crate) fn returned(
    rules: &Rules,
    around: &Around<'_>,
    change: &Change<'_>,
    rows: &[Row],
) -> Result<Vec<OwnedRow>> {
    let expression = |tree: &Tree| query::expression(rules, change.table(), tree);
    let columns = change.of.columns.iter().map(expression).collect::<Result<Vec<_>>>()?;
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let row = |row: &Row| {
        let item = [Some((Bytes::from([]), Row::clone(row)))];
        let here = around.with(&item, &[]);
        columns.iter().map(|column| here.value(column)).collect::<Result<_>>().map(OwnedRow)
    };
    rows.iter().map(row).collect()
}
