//! The rows of one table behind a trait object: what planning and flushing need, whatever the row type.

use std::any::{Any, TypeId};
use std::collections::HashMap;

use underpin_core::{CellError, ColumnSet, Datum, Encoder, Error, OwnedRow, Result};
use underpin_schema::{Generation, Table, TableDef};
use underpin_sql::{CellOf, WriteKind};

use super::key_index::Vacant;
use super::table_set::Mark;
use super::{State, TableSet};
use crate::plan::{Change, PlanTable};

/// A [`TableSet`] whose row type is not known.
pub(crate) trait TrackedRows: PlanTable + Send {
    fn row_type(&self) -> TypeId;
    fn as_any(&mut self) -> &mut dyn Any;
    /// What is to be done, in the order in which rows came.
    fn pending(&self) -> Vec<Change>;
    /// Takes what an insert or update gave back into the rows.
    fn give_back(&mut self, rows: &[usize], returning: ColumnSet, cells: &[OwnedRow]) -> Result<()>;
    /// The pending changes have been written.
    fn written(&mut self);
    /// The pending changes of these rows have been written.
    fn written_of(&mut self, rows: &[usize]);
    /// What is to be done with a row.
    fn state(&self, row: usize) -> State;
    /// Whether a row is to be inserted, and one of these columns is not known before.
    fn awaits(&self, row: usize, columns: &[usize]) -> bool;
    /// The cells of a row in these columns.
    fn cells(&self, row: usize, columns: &[usize]) -> Result<Vec<Datum>>;
    /// Sets these columns of a row, by which it refers to another one.
    fn refer(&mut self, row: usize, columns: &[usize], to: &OwnedRow) -> Result<()>;
    /// Whether something is to be done.
    fn has_pending(&self) -> bool;
    /// Every row has to be read again before it is used.
    fn outdate(&mut self);
    fn mark(&mut self);
    fn rollback_to(&mut self, mark: usize);
    fn release(&mut self, mark: usize);
}

pub(crate) fn erase<R: Table>(set: TableSet<R>) -> Box<dyn TrackedRows> {
    Box::new(set)
}

impl<R: Table> PlanTable for TableSet<R> {
    fn def(&self) -> &'static TableDef {
        R::def()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let Some(tracked) = self.rows.get(row) else {
            return Err(CellError::OutOfRange("the group has fewer rows"));
        };
        match cell {
            CellOf::New(position) => tracked.current.encode(position, out),
            CellOf::Old(position) => tracked.old().encode(position, out),
        }
    }

    fn key_text(&self, row: usize) -> String {
        self.rows.get(row).map_or_else(String::new, |tracked| format!("{:?}", tracked.key))
    }

    fn sort_by_key(&self, rows: &mut [usize]) {
        rows.sort_unstable_by(|a, b| {
            let key = |row: &usize| self.rows.get(*row).map(|tracked| &tracked.key);
            key(a).cmp(&key(b))
        });
    }
}

impl<R: Table> TrackedRows for TableSet<R> {
    fn row_type(&self) -> TypeId {
        TypeId::of::<R>()
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn pending(&self) -> Vec<Change> {
        if self.pending.is_empty() {
            return Vec::new();
        }
        let computed: ColumnSet = R::def()
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| matches!(column.generation, Generation::Computed(_)))
            .map(|(position, _)| position)
            .collect();
        let mut indexes = self.pending.clone();
        if !indexes.is_sorted() {
            indexes.sort_unstable();
        }
        indexes.dedup();
        let mut changes = Vec::with_capacity(indexes.len());
        for row in indexes {
            let Some(tracked) = self.rows.get(row) else { continue };
            let (kind, columns, returning) = match tracked.state {
                State::Clean | State::Gone | State::Outdated => continue,
                State::Added => {
                    let (columns, returning) = self.insert_columns(&tracked.current);
                    (WriteKind::Insert, columns, returning)
                }
                State::Changed => (WriteKind::Update, tracked.changed(), computed),
                State::Removed => (WriteKind::Delete, ColumnSet::EMPTY, ColumnSet::EMPTY),
            };
            changes.push(Change { row, kind, columns, returning });
        }
        changes
    }

    fn give_back(&mut self, rows: &[usize], returning: ColumnSet, cells: &[OwnedRow]) -> Result<()> {
        let def = R::def();
        if rows.len() != cells.len() {
            return Err(Error::usage(
                format!(
                    "{} rows of table {} were written, but {} came back",
                    rows.len(),
                    def.name,
                    cells.len()
                ),
                "a trigger or rule of the database changes what is written; the toolkit cannot follow it",
            ));
        }
        for (&index, cells) in rows.iter().zip(cells) {
            self.remember(index);
            let tracked = &mut self.rows[index];
            for (cell, position) in returning.iter().enumerate() {
                tracked
                    .current
                    .assign(position, cells, cell)
                    .map_err(|why| Error::value(def.name, def.columns[position].name, why))?;
            }
            self.rekey(index)?;
        }
        Ok(())
    }

    fn written(&mut self) {
        for index in std::mem::take(&mut self.pending) {
            self.settled(index);
        }
    }

    fn written_of(&mut self, rows: &[usize]) {
        for index in rows {
            self.settled(*index);
        }
    }

    fn state(&self, row: usize) -> State {
        self.rows.get(row).map_or(State::Gone, |tracked| tracked.state)
    }

    fn awaits(&self, row: usize, columns: &[usize]) -> bool {
        self.has_yet_to_get(row, columns)
    }

    fn cells(&self, row: usize, columns: &[usize]) -> Result<Vec<Datum>> {
        self.cells_of(row, columns)
    }

    fn refer(&mut self, row: usize, columns: &[usize], to: &OwnedRow) -> Result<()> {
        self.remember(row);
        for (cell, column) in columns.iter().enumerate() {
            self.rows[row]
                .current
                .assign(*column, to, cell)
                .map_err(|why| Error::value(R::def().name, R::def().columns[*column].name, why))?;
        }
        self.rows[row].keyless = false;
        // A key that the database makes as well is entered with the insert.
        if self.has_yet_to_get(row, R::def().primary_key) { Ok(()) } else { self.rekey(row) }
    }

    fn has_pending(&self) -> bool {
        self.pending.iter().any(|index| self.is_pending(*index))
    }

    fn outdate(&mut self) {
        for index in 0..self.rows.len() {
            self.remember(index);
            self.rows[index].state = State::Outdated;
            self.rows[index].saved = None;
        }
    }

    fn mark(&mut self) {
        self.marks.push(Mark { known: self.rows.len(), before: HashMap::new() });
    }

    fn rollback_to(&mut self, mark: usize) {
        while self.marks.len() > mark {
            let Some(Mark { known, before }) = self.marks.pop() else { break };
            self.rows.truncate(known);
            for (index, tracked) in before {
                if let Some(row) = self.rows.get_mut(index) {
                    *row = tracked;
                }
            }
        }
        let known = self.rows.len();
        self.by_key.forget_from(known);
        self.pending = (0..known).filter(|index| self.is_pending(*index)).collect();
        self.mark();
    }

    fn release(&mut self, mark: usize) {
        while self.marks.len() > mark {
            let Some(released) = self.marks.pop() else { break };
            let Some(outer) = self.marks.last_mut() else { continue };
            for (index, tracked) in released.before {
                if index < outer.known {
                    outer.before.entry(index).or_insert(tracked);
                }
            }
        }
    }
}

impl<R: Table> TableSet<R> {
    /// Enters a row under its key, if that was not known before.
    fn rekey(&mut self, index: usize) -> Result<()> {
        let tracked = &self.rows[index];
        let key = tracked.current.key();
        if key == tracked.key && self.by_key.find(&self.rows, &key) == Some(index) {
            return Ok(());
        }
        let name = R::def().name;
        if self.by_key.find(&self.rows, &tracked.key) == Some(index) {
            return Err(Error::usage(
                format!("rows of table {name} came back in another order than they were sent"),
                "a trigger or rule of the database changes what is written; the toolkit cannot follow it",
            ));
        }
        let vacant = match self.by_key.seek(&self.rows, &key) {
            Ok(other) if self.is_live(other) => {
                return Err(Error::usage(
                    format!("the unit of work knows a row of table {name} with key {key:?} already"),
                    "two rows cannot have one key",
                ));
            }
            Ok(_) => Vacant::Somewhere,
            Err(vacant) => vacant,
        };
        self.rows[index].key = key;
        self.by_key.enter(&self.rows, index, &vacant);
        Ok(())
    }

    /// What was to be done with a row is done.
    fn settled(&mut self, index: usize) {
        self.remember(index);
        let Some(tracked) = self.rows.get_mut(index) else { return };
        match tracked.state {
            State::Clean | State::Gone | State::Outdated => return,
            State::Added => {}
            State::Changed => {
                if let Some(version) = tracked.old().version() {
                    tracked.current.set_version(version + 1);
                }
            }
            State::Removed => {
                tracked.state = State::Gone;
                tracked.saved = None;
                return;
            }
        }
        tracked.saved = None;
        tracked.state = State::Clean;
    }
}
