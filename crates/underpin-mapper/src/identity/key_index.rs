//! Finding a row by its key, without a second copy of the key.

use std::cmp::Ordering;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use underpin_schema::Table;

use super::{State, Tracked};

/// How many neighbours a key is compared with before it is hashed.
const NEIGHBOURS: usize = 4;

/// Positions of rows by the rows' own keys.
///
/// Rows mostly come in the order of their keys, and are asked for in that order again. While they do, comparing a key
/// with its neighbours finds the row, or shows that there is none, and nothing is hashed.
#[derive(Default)]
pub(crate) struct KeyIndex {
    /// So many rows, the first ones, stand in the order of their keys and are not among the entries.
    run: usize,
    /// Behind the row that was found last.
    next: usize,
    hasher: DefaultHashBuilder,
    entries: HashTable<Entry>,
}

/// One row. With its hash at hand, the index grows without a look at the keys.
struct Entry {
    hash: u64,
    position: usize,
}

/// What is known of a key that no row has.
pub(super) enum Vacant {
    /// It comes after all others.
    Last,
    /// Its hash.
    Hashed(u64),
    /// Nothing more.
    Somewhere,
}

/// What the neighbours of a key say.
enum Beside {
    Here(usize),
    /// None of the rows that are not among the entries has it.
    Absent,
    Unknown,
}

impl KeyIndex {
    /// The position of the row with this key.
    #[inline]
    pub(super) fn find<R: Table>(&mut self, rows: &[Tracked<R>], key: &R::Key) -> Option<usize> {
        self.seek(rows, key).ok()
    }

    /// As [`find`](Self::find), for who looks for a row and then enters it.
    #[inline]
    pub(super) fn seek<R: Table>(&mut self, rows: &[Tracked<R>], key: &R::Key) -> Result<usize, Vacant> {
        // Who asks in order finds the next; who enters rows in order has not asked for one yet.
        if (1..self.run).contains(&self.next) && rows.get(self.next).is_some_and(|row| row.key == *key) {
            self.next += 1;
            return Ok(self.next - 1);
        }
        if self.run == rows.len() && rows.last().is_none_or(|last| last.key < *key) {
            return Err(Vacant::Last);
        }
        self.seek_farther(rows, key)
    }

    /// As [`seek`](Self::seek), of a key that is neither the next nor the last. Not inlined, so that those two are.
    #[inline(never)]
    fn seek_farther<R: Table>(&mut self, rows: &[Tracked<R>], key: &R::Key) -> Result<usize, Vacant> {
        let position = match self.beside(rows, key) {
            Beside::Here(position) => position,
            Beside::Absent if self.entries.is_empty() => return Err(Vacant::Somewhere),
            Beside::Absent => self.among_entries(rows, key)?,
            Beside::Unknown => {
                self.enter_run(rows);
                self.among_entries(rows, key)?
            }
        };
        self.next = position + 1;
        Ok(position)
    }

    /// Enters the row at this position, whose key is not there yet.
    #[inline]
    pub(super) fn enter<R: Table>(&mut self, rows: &[Tracked<R>], position: usize, vacant: &Vacant) {
        if matches!(vacant, Vacant::Last) && position == self.run {
            self.run += 1;
        } else {
            self.enter_hashed(rows, position, vacant);
        }
    }

    #[inline(never)]
    fn enter_hashed<R: Table>(&mut self, rows: &[Tracked<R>], position: usize, vacant: &Vacant) {
        let hash = match vacant {
            Vacant::Hashed(hash) => *hash,
            Vacant::Last | Vacant::Somewhere => self.hasher.hash_one(&rows[position].key),
        };
        self.entries.insert_unique(hash, Entry { hash, position }, |entry| entry.hash);
    }

    /// Forgets rows from this position on.
    pub(super) fn forget_from(&mut self, position: usize) {
        self.run = self.run.min(position);
        self.next = 0;
        self.entries.retain(|entry| entry.position < position);
    }

    fn beside<R: Table>(&self, rows: &[Tracked<R>], key: &R::Key) -> Beside {
        // A row that is to be inserted may not have its key yet.
        let has_key =
            |row: &Tracked<R>| self.next < self.run || matches!(row.state, State::Clean | State::Changed);
        if rows.get(self.next).is_some_and(|row| has_key(row) && row.key == *key) {
            return Beside::Here(self.next);
        }
        let Some(run) = rows.get(..self.run).filter(|run| !run.is_empty()) else { return Beside::Absent };
        match among(run, self.next.saturating_sub(1).min(run.len() - 1), key) {
            // Who has come to the end may begin again.
            Beside::Unknown => among(run, 0, key),
            known => known,
        }
    }

    fn among_entries<R: Table>(&self, rows: &[Tracked<R>], key: &R::Key) -> Result<usize, Vacant> {
        let hash = self.hasher.hash_one(key);
        let same =
            |entry: &Entry| entry.hash == hash && rows.get(entry.position).is_some_and(|row| row.key == *key);
        self.entries.find(hash, same).map(|entry| entry.position).ok_or(Vacant::Hashed(hash))
    }

    /// Rows are asked for in an order of their own: from now on all are found by their hashes.
    fn enter_run<R: Table>(&mut self, rows: &[Tracked<R>]) {
        self.entries.reserve(self.run, |entry| entry.hash);
        for (position, row) in rows.iter().enumerate().take(std::mem::take(&mut self.run)) {
            let hash = self.hasher.hash_one(&row.key);
            self.entries.insert_unique(hash, Entry { hash, position }, |entry| entry.hash);
        }
    }
}

/// Looks for a key among the neighbours of a row, in rows that stand in the order of their keys.
fn among<R: Table>(run: &[Tracked<R>], first: usize, key: &R::Key) -> Beside {
    for (position, row) in run.iter().enumerate().skip(first).take(NEIGHBOURS) {
        match row.key.cmp(key) {
            Ordering::Less => {}
            Ordering::Equal => return Beside::Here(position),
            Ordering::Greater if position > 0 && position == first => return Beside::Unknown,
            Ordering::Greater => return Beside::Absent,
        }
    }
    if run.len() - first > NEIGHBOURS { Beside::Unknown } else { Beside::Absent }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use underpin_core::{CellError, Cells, ColumnSet, Encoder, Value};
    use underpin_schema::{ColumnDef, ColumnFailure, StatementSlots, TableDef};

    use super::*;

    struct Row(i64);

    impl underpin_schema::RowStruct for Row {
        type Itself = Self;
    }

    impl Table for Row {
        type Key = i64;

        fn def() -> &'static TableDef {
            static DEF: TableDef = TableDef {
                name: "rows",
                schema: None,
                comment: None,
                renamed_from: None,
                columns: &[ColumnDef::new("id", <i64 as Value>::TYPE, false, false)],
                primary_key: &[0],
                uniques: &[],
                indexes: &[],
                checks: &[],
                foreign_keys: &[],
                excludes: &[],
                statements: StatementSlots::new(),
            };
            &DEF
        }

        fn key(&self) -> i64 {
            self.0
        }

        fn encode(&self, _: usize, out: &mut dyn Encoder) -> Result<(), CellError> {
            Value::encode(&self.0, out)
        }

        fn decode(cells: &dyn Cells) -> Result<Self, ColumnFailure> {
            Value::decode(cells, 0).map(Self).map_err(|error| ColumnFailure { position: 0, error })
        }

        fn assign(&mut self, _: usize, cells: &dyn Cells, cell: usize) -> Result<(), CellError> {
            Value::decode(cells, cell).map(|id| self.0 = id)
        }

        fn duplicate(&self) -> Self {
            Self(self.0)
        }

        fn diff(&self, other: &Self) -> ColumnSet {
            ColumnSet::EMPTY.with_if(0, self.0 != other.0)
        }

        fn unset(&self) -> ColumnSet {
            ColumnSet::EMPTY
        }

        fn nulls(&self) -> ColumnSet {
            ColumnSet::EMPTY
        }

        fn fill_defaults(&mut self) {}

        fn touch(&mut self) {}

        fn renewed() -> ColumnSet {
            ColumnSet::EMPTY
        }

        fn renew(_: usize, _: &mut dyn Encoder) -> Option<Result<(), CellError>> {
            None
        }

        fn version(&self) -> Option<i64> {
            None
        }

        fn set_version(&mut self, _: i64) {}
    }

    /// An index with its rows, and what a map says of the same keys.
    #[derive(Default)]
    struct Checked {
        index: KeyIndex,
        rows: Vec<Tracked<Row>>,
        model: HashMap<i64, usize>,
    }

    impl Checked {
        fn find(&mut self, key: i64) {
            assert_eq!(self.index.find(&self.rows, &key), self.model.get(&key).copied(), "key {key}");
        }

        /// Enters a row unless its key is known.
        fn enter(&mut self, key: i64) {
            let sought = self.index.seek(&self.rows, &key);
            assert_eq!(sought.as_ref().ok().copied(), self.model.get(&key).copied(), "key {key}");
            let Err(vacant) = sought else { return };
            self.rows.push(Tracked::clean(key, Row(key)));
            self.index.enter(&self.rows, self.rows.len() - 1, &vacant);
            self.model.insert(key, self.rows.len() - 1);
        }

        fn forget_from(&mut self, position: usize) {
            self.rows.truncate(position);
            self.index.forget_from(position);
            self.model.retain(|_, at| *at < position);
        }
    }

    #[test]
    fn rows_in_order_are_found_without_a_hash() {
        let mut checked = Checked::default();
        (0..1_000).for_each(|key| checked.enter(key * 10));
        for _ in 0..2 {
            (0..1_000).for_each(|key| checked.find(key * 10));
        }
        // One that is left out, one that is new, one before all, one behind all.
        (0..1_000).filter(|key| key % 7 != 0).for_each(|key| checked.find(key * 10));
        (0..1_000).for_each(|key| {
            checked.find(key * 10);
            checked.find(key * 10 + 5);
        });
        checked.find(-1);
        checked.find(100_000);
        assert_eq!((checked.index.run, checked.index.entries.len()), (1_000, 0));
        checked.find(20);
        assert_eq!((checked.index.run, checked.index.entries.len()), (1_000, 0));
        checked.find(5_000);
        assert_eq!((checked.index.run, checked.index.entries.len()), (0, 1_000));
        (0..10_000).for_each(|key| checked.find(key));
    }

    #[test]
    fn whatever_the_order_every_row_is_found() {
        for seed in 0..400_u64 {
            let mut state = seed;
            let mut random = move |below: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % below
            };
            let mut checked = Checked::default();
            let mut at = 0;
            for _ in 0..300 {
                let key = i64::try_from(random(200)).unwrap();
                match random(if seed % 2 == 0 { 24 } else { 5 }) {
                    // The next one of an order.
                    0..3 => {
                        at += key % 4;
                        checked.enter(at);
                    }
                    3 => (at - key % 6..at).for_each(|key| checked.find(key)),
                    4 => checked.find(key),
                    5 => checked.enter(key),
                    6 => checked.forget_from(usize::try_from(key).unwrap() % (checked.rows.len() + 1)),
                    7 => at = 0,
                    _ => {
                        at += 1;
                        checked.find(at);
                    }
                }
            }
            (-1..1_000).for_each(|key| checked.find(key));
        }
    }
}
