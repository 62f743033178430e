//! The rows of one table that a unit of work knows.

use std::cmp::Ordering;
use std::collections::HashMap;

use underpin_core::{ColumnSet, Datum, Error, Result};
use underpin_schema::Table;

use super::key_index::{KeyIndex, Vacant};
use super::{State, Tracked};

/// The rows of one table, found by key, in the order in which they came.
pub(crate) struct TableSet<R: Table> {
    pub(super) rows: Vec<Tracked<R>>,
    pub(super) by_key: KeyIndex,
    pub(super) marks: Vec<Mark<R>>,
    /// Rows that have something to be done; may name a row twice.
    pub(super) pending: Vec<usize>,
    /// The columns that the database alone writes.
    read_only: ColumnSet,
}

/// What a savepoint remembers of a table.
pub(super) struct Mark<R: Table> {
    /// Rows that were known when it was set.
    pub(super) known: usize,
    /// Rows as they were, for those that have been touched since.
    pub(super) before: HashMap<usize, Tracked<R>>,
}

impl<R: Table> TableSet<R> {
    pub(crate) fn new(savepoints: usize) -> Self {
        let marks = (0..savepoints).map(|_| Mark { known: 0, before: HashMap::new() }).collect();
        let (rows, pending, read_only) = (Vec::new(), Vec::new(), R::def().read_only());
        Self { rows, by_key: KeyIndex::default(), marks, pending, read_only }
    }

    /// Remembers a row as it is, if a savepoint may want it back.
    #[inline]
    pub(super) fn remember(&mut self, index: usize) {
        if !self.marks.is_empty() {
            self.remember_in_mark(index);
        }
    }

    fn remember_in_mark(&mut self, index: usize) {
        if let (Some(mark), Some(row)) = (self.marks.last_mut(), self.rows.get(index))
            && index < mark.known
        {
            mark.before.entry(index).or_insert_with(|| row.duplicate());
        }
    }

    /// Takes in a row whose key is not known yet.
    #[inline]
    fn push(&mut self, vacant: &Vacant, tracked: Tracked<R>) -> usize {
        let index = self.rows.len();
        self.rows.push(tracked);
        self.by_key.enter(&self.rows, index, vacant);
        index
    }

    /// Room for so many rows more, and for a few that are added to them.
    pub(crate) fn reserve(&mut self, rows: usize) {
        self.rows.reserve(rows + rows / 8 + 1);
    }

    /// The row with this key, unless it is gone or about to go.
    pub(crate) fn find(&mut self, key: &R::Key) -> Known {
        match self.by_key.find(&self.rows, key) {
            None => Known::Unknown,
            Some(index) if self.is_live(index) => Known::Here(index),
            Some(index) if self.is_outdated(index) => Known::Unknown,
            Some(_) => Known::Removed,
        }
    }

    /// Whether the row is there, and not about to go.
    pub(crate) fn is_live(&self, index: usize) -> bool {
        let gone = |row: &Tracked<R>| matches!(row.state, State::Removed | State::Gone | State::Outdated);
        self.rows.get(index).is_some_and(|row| !gone(row))
    }

    fn is_outdated(&self, index: usize) -> bool {
        self.rows.get(index).is_some_and(|row| row.state == State::Outdated)
    }

    /// Whether something is to be done with the row.
    pub(crate) fn is_pending(&self, index: usize) -> bool {
        let settled = |state| matches!(state, State::Clean | State::Gone | State::Outdated);
        self.rows.get(index).is_some_and(|row| !settled(row.state))
    }

    /// Whether the row is to be inserted.
    pub(crate) fn is_added(&self, index: usize) -> bool {
        self.rows.get(index).is_some_and(|row| row.state == State::Added)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row as the database holds it.
    pub(crate) fn stored(&self, index: usize) -> Option<&R> {
        self.rows.get(index).map(Tracked::old)
    }

    /// Whether the row is to be inserted, and one of these columns is not known before.
    pub(crate) fn has_yet_to_get(&self, index: usize, columns: &[usize]) -> bool {
        self.is_added(index) && self.rows[index].has_yet_to_get(ColumnSet::of(columns))
    }

    /// The cells of a row in these columns.
    pub(crate) fn cells_of(&self, index: usize, columns: &[usize]) -> Result<Vec<Datum>> {
        let Some(row) = self.row(index) else { return Ok(Vec::new()) };
        let def = R::def();
        let mut cells = Vec::with_capacity(columns.len());
        for column in columns {
            let of = &def.columns[*column];
            let cell = Datum::take(of.ty, |out| row.encode(*column, out));
            cells.push(cell.map_err(|why| Error::value(def.name, of.name, why))?);
        }
        Ok(cells)
    }

    /// Sorts rows by their keys; those whose keys the database has yet to make come last, as they were added.
    pub(crate) fn sort_for_reading(&self, rows: &mut [usize]) {
        let known = |index: &usize| self.rows.get(*index).filter(|row| row.state != State::Added);
        let in_order = |a: &usize, b: &usize| known(a).zip(known(b)).is_some_and(|(a, b)| a.key <= b.key);
        if rows.is_sorted_by(in_order) {
            return;
        }
        let key = |index: &usize| {
            let row = self.rows.get(*index);
            (row.is_some_and(|row| row.has_yet_to_get(R::def().key())), row.map(|row| &row.key))
        };
        rows.sort_by(|a, b| {
            let ((a_last, a), (b_last, b)) = (key(a), key(b));
            a_last.cmp(&b_last).then_with(|| if a_last { Ordering::Equal } else { a.cmp(&b) })
        });
    }

    pub(crate) fn row(&self, index: usize) -> Option<&R> {
        self.rows.get(index).map(|tracked| &tracked.current)
    }

    /// Takes in a row that was loaded; if the row is known already, the unit of work's own version counts. Nothing, if
    /// it is about to go.
    pub(crate) fn load(&mut self, row: R) -> Option<usize> {
        let key = row.key();
        match self.by_key.seek(&self.rows, &key) {
            Ok(index) if self.is_outdated(index) => {
                self.remember(index);
                self.rows[index] = Tracked::clean(key, row);
                Some(index)
            }
            Ok(index) => self.is_live(index).then_some(index),
            Err(vacant) => Some(self.push(&vacant, Tracked::clean(key, row))),
        }
    }

    pub(crate) fn add(&mut self, row: R) -> Result<usize> {
        self.add_as(row, false)
    }

    /// Adds a row; its key becomes known with the flush if the database makes it, or if it names a row whose key the
    /// database makes.
    fn add_as(&mut self, mut row: R, keyless: bool) -> Result<usize> {
        row.fill_defaults();
        row.set_version(1);
        let def = R::def();
        let made_by_database = self.read_only.union(row.unset());
        if keyless || def.primary_key.iter().any(|column| made_by_database.contains(*column)) {
            // The key becomes known with the flush; until then the row cannot be found by it.
            self.rows.push(Tracked { keyless, ..Tracked::added(row.key(), row) });
            self.pending.push(self.rows.len() - 1);
            return Ok(self.rows.len() - 1);
        }
        let key = row.key();
        let index = match self.by_key.seek(&self.rows, &key) {
            Ok(index) => index,
            Err(vacant) => {
                let index = self.push(&vacant, Tracked::added(key, row));
                self.pending.push(index);
                return Ok(index);
            }
        };
        match self.rows.get(index).map(|tracked| tracked.state) {
            // Removed and added again in one unit of work: one update, which no foreign key notices.
            Some(State::Removed) => {
                self.remember(index);
                let tracked = &mut self.rows[index];
                tracked.state = State::Clean;
                tracked.change(row);
                self.pending.push(index);
                Ok(index)
            }
            Some(State::Gone | State::Outdated) => {
                self.remember(index);
                self.rows[index] = Tracked::added(key, row);
                self.pending.push(index);
                Ok(index)
            }
            _ => Err(Error::usage(
                format!("add: the unit of work knows a row of table {} with key {key:?} already", def.name),
                "use `save` for an entity that was added or loaded before",
            )),
        }
    }

    /// Takes in a row that was loaded elsewhere, as the database is supposed to hold it still.
    #[inline]
    pub(crate) fn attach(&mut self, row: R) -> Result<usize> {
        let key = row.key();
        match self.by_key.seek(&self.rows, &key) {
            Err(vacant) => Ok(self.push(&vacant, Tracked::clean(key, row))),
            Ok(index) if self.is_outdated(index) => {
                self.remember(index);
                self.rows[index] = Tracked::clean(key, row);
                Ok(index)
            }
            Ok(_) => Err(Error::usage(
                format!(
                    "attach: the unit of work knows the row of table {} with key {key:?} already",
                    R::def().name
                ),
                "use `save` to register its changes",
            )),
        }
    }

    pub(crate) fn save(&mut self, row: R) -> Result<usize> {
        let index = self.position(&row, "save")?;
        self.change(index, row);
        Ok(index)
    }

    /// Saves a row that is known, and adds one that is not. `keyless`: its key becomes known with the flush.
    #[inline]
    pub(crate) fn put(&mut self, row: R, keyless: bool) -> Result<usize> {
        if !keyless && let Known::Here(index) = self.find(&row.key()) {
            self.change(index, row);
            return Ok(index);
        }
        self.add_as(row, keyless)
    }

    #[inline]
    fn change(&mut self, index: usize, row: R) {
        // Most rows of an aggregate are what they were.
        if !self.rows[index].is_settled_as(&row) {
            self.remember(index);
            self.rows[index].change(row);
            if self.rows[index].state != State::Clean {
                self.pending.push(index);
            }
        }
    }

    /// Writes these columns of a row that is known, whether or not their values differ.
    pub(crate) fn write_anyway(&mut self, index: usize, columns: ColumnSet) {
        self.remember(index);
        self.rows[index].write_anyway(columns);
        self.pending.push(index);
    }

    /// Counts the version of a row that is not changed itself.
    pub(crate) fn bump(&mut self, index: usize) {
        if R::def().version().is_some() && self.rows[index].state == State::Clean {
            self.remember(index);
            self.rows[index].bump();
            self.pending.push(index);
        }
    }

    /// Rows that are gone may be there again.
    pub(crate) fn outdate_gone(&mut self) {
        for index in 0..self.rows.len() {
            if self.rows[index].state == State::Gone {
                self.remember(index);
                self.rows[index].state = State::Outdated;
            }
        }
    }

    /// Registers the removal of a row.
    pub(crate) fn remove_at(&mut self, index: usize) {
        self.remember(index);
        let tracked = &mut self.rows[index];
        tracked.state = if tracked.state == State::Added { State::Gone } else { State::Removed };
        self.pending.push(index);
    }

    /// The position of a row that was added or loaded here, for a verb that needs one.
    pub(crate) fn position(&mut self, row: &R, verb: &str) -> Result<usize> {
        let key = row.key();
        let name = R::def().name;
        match self.by_key.find(&self.rows, &key) {
            Some(index) if self.is_live(index) => Ok(index),
            Some(index) if self.is_outdated(index) => Err(Error::usage(
                format!(
                    "{verb}: a query has changed rows of table {name} since the one with key {key:?} was read"
                ),
                "read it again with `get` or `select`, then change it",
            )),
            Some(_) => Err(Error::usage(
                format!("{verb}: the row of table {name} with key {key:?} was removed in this unit of work"),
                "use `add` to put it back",
            )),
            None => Err(Error::usage(
                format!(
                    "{verb}: the row of table {name} with key {key:?} was neither added nor loaded in this unit of work"
                ),
                "use `add` for a new entity, and `get` or `select` before changing a stored one",
            )),
        }
    }

    /// What an insert of the row writes, and what it gives back.
    pub(super) fn insert_columns(&self, row: &R) -> (ColumnSet, ColumnSet) {
        let def = R::def();
        let made = self.read_only.union(row.unset());
        let returning = if made.is_empty() { made } else { made.union(def.key()) };
        (def.all().difference(made), returning)
    }
}

/// What the identity map says to a key.
pub(crate) enum Known {
    /// Nothing: the database has to be asked.
    Unknown,
    /// The row was removed in this unit of work.
    Removed,
    /// The unit of work's own version, at this position.
    Here(usize),
}
