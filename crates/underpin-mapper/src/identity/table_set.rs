//! The rows of one table that a unit of work knows.

use std::collections::HashMap;

use underpin_core::{ColumnSet, Error, Result};
use underpin_schema::Table;

use super::key_index::KeyIndex;
use super::{State, Tracked};

/// The rows of one table, found by key, in the order in which they came.
pub(crate) struct TableSet<R: Table> {
    pub(super) rows: Vec<Tracked<R>>,
    pub(super) by_key: KeyIndex,
    pub(super) marks: Vec<Mark<R>>,
    /// Rows that have something to be done; may name a row twice.
    pub(super) pending: Vec<usize>,
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
        Self { rows: Vec::new(), by_key: KeyIndex::default(), marks, pending: Vec::new() }
    }

    /// Remembers a row as it is, if a savepoint may want it back.
    pub(super) fn remember(&mut self, index: usize) {
        if let (Some(mark), Some(row)) = (self.marks.last_mut(), self.rows.get(index))
            && index < mark.known
        {
            mark.before.entry(index).or_insert_with(|| row.duplicate());
        }
    }

    /// Takes in a row whose key has this hash and is not known yet.
    fn push(&mut self, hash: u64, tracked: Tracked<R>) -> usize {
        self.rows.push(tracked);
        self.by_key.enter(hash, self.rows.len() - 1);
        self.rows.len() - 1
    }

    /// The row with this key, unless it is gone or about to go.
    pub(crate) fn find(&self, key: &R::Key) -> Known<'_, R> {
        match self.by_key.find(&self.rows, key).and_then(|index| self.rows.get(index)) {
            None => Known::Unknown,
            Some(tracked) if matches!(tracked.state, State::Removed | State::Gone) => Known::Removed,
            Some(tracked) => Known::Here(&tracked.current),
        }
    }

    pub(crate) fn row(&self, index: usize) -> Option<&R> {
        self.rows.get(index).map(|tracked| &tracked.current)
    }

    /// Takes in a row that was loaded; if the row is known already, the unit of work's own version counts.
    pub(crate) fn load(&mut self, row: R) -> Option<&R> {
        let key = row.key();
        let hash = self.by_key.hash(&key);
        let index = match self.by_key.find_hashed(&self.rows, &key, hash) {
            Some(index) => index,
            None => self.push(hash, Tracked::clean(key, row)),
        };
        self.rows
            .get(index)
            .filter(|tracked| !matches!(tracked.state, State::Removed | State::Gone))
            .map(|tracked| &tracked.current)
    }

    pub(crate) fn add(&mut self, mut row: R) -> Result<usize> {
        row.fill_defaults();
        row.set_version(1);
        let def = R::def();
        let made_by_database = def.read_only().union(row.unset());
        if !def.key().intersection(made_by_database).is_empty() {
            // The key becomes known with the flush; until then the row cannot be found by it.
            self.rows.push(Tracked::added(row.key(), row));
            self.pending.push(self.rows.len() - 1);
            return Ok(self.rows.len() - 1);
        }
        let key = row.key();
        let hash = self.by_key.hash(&key);
        let Some(index) = self.by_key.find_hashed(&self.rows, &key, hash) else {
            let index = self.push(hash, Tracked::added(key, row));
            self.pending.push(index);
            return Ok(index);
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
            Some(State::Gone) => {
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
    pub(crate) fn attach(&mut self, row: R) -> Result<()> {
        let key = row.key();
        let hash = self.by_key.hash(&key);
        if self.by_key.find_hashed(&self.rows, &key, hash).is_some() {
            return Err(Error::usage(
                format!(
                    "attach: the unit of work knows the row of table {} with key {key:?} already",
                    R::def().name
                ),
                "use `save` to register its changes",
            ));
        }
        self.push(hash, Tracked::clean(key, row));
        Ok(())
    }

    pub(crate) fn save(&mut self, row: R) -> Result<()> {
        let index = self.index_of(&row, "save")?;
        self.remember(index);
        self.rows[index].change(row);
        self.pending.push(index);
        Ok(())
    }

    pub(crate) fn remove(&mut self, row: &R) -> Result<()> {
        let index = self.index_of(row, "remove")?;
        self.remember(index);
        let tracked = &mut self.rows[index];
        tracked.state = if tracked.state == State::Added { State::Gone } else { State::Removed };
        self.pending.push(index);
        Ok(())
    }

    fn index_of(&self, row: &R, verb: &str) -> Result<usize> {
        let key = row.key();
        let name = R::def().name;
        match self.by_key.find(&self.rows, &key) {
            Some(index) if !matches!(self.rows[index].state, State::Removed | State::Gone) => Ok(index),
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
    pub(super) fn insert_columns(row: &R) -> (ColumnSet, ColumnSet) {
        let def = R::def();
        let made = def.read_only().union(row.unset());
        let returning = if made.is_empty() { made } else { made.union(def.key()) };
        (def.all().difference(made), returning)
    }
}

/// What the identity map says to a key.
pub(crate) enum Known<'a, R> {
    /// Nothing: the database has to be asked.
    Unknown,
    /// The row was removed in this unit of work.
    Removed,
    /// The unit of work's own version.
    Here(&'a R),
}
