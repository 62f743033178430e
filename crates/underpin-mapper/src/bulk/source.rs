//! Rows as a program gives them, cut into portions.

use std::collections::HashSet;

use underpin_core::{CellError, ColumnSet, Encoder, key_bytes};
use underpin_schema::Table;
use underpin_sql::{CellOf, RowSource, Rows};

/// Rows of one portion: few enough that the database works on one while the next is made.
const PORTION: usize = 1_000;

/// Told after each portion how many rows have been handed to the database so far.
pub(super) type Progress<'p> = Box<dyn FnMut(u64) + Send + 'p>;

/// Rows that are taken from an iterator portion by portion. All rows of a portion write the same columns.
pub(super) struct Source<'p, I, R, E> {
    rows: I,
    portion: Portion<R>,
    columns: ColumnSet,
    /// The first row of the next portion.
    ahead: Option<Given<R>>,
    /// Columns in which no two rows of a portion are equal; none: they may be.
    distinct: Vec<usize>,
    progress: Option<Progress<'p>>,
    /// Rows of the portions before.
    count: u64,
    /// Whether the portion has been made and not yet been taken.
    ready: bool,
    /// What the iterator failed with.
    pub(super) failed: Option<E>,
}

struct Portion<R>(Vec<Given<R>>);

/// A row with its bytes in the distinct columns; `None` if one of them is NULL.
struct Given<R> {
    row: R,
    key: Option<Vec<u8>>,
}

impl<'p, I, R, E> Source<'p, I, R, E>
where
    I: Iterator<Item = Result<R, E>>,
    R: Table,
{
    pub(super) fn new(rows: I, distinct: Vec<usize>, progress: Option<Progress<'p>>) -> Self {
        Self {
            rows,
            portion: Portion(Vec::new()),
            columns: ColumnSet::EMPTY,
            ahead: None,
            distinct,
            progress,
            count: 0,
            ready: false,
            failed: None,
        }
    }

    /// Makes the first portion; whether there are more.
    pub(super) fn start(&mut self) -> bool {
        self.ahead = self.pull();
        self.fill();
        self.ready = true;
        self.ahead.is_some()
    }

    fn pull(&mut self) -> Option<Given<R>> {
        let mut row = match self.rows.next()? {
            Ok(row) => row,
            Err(error) => {
                self.failed = Some(error);
                return None;
            }
        };
        row.fill_defaults();
        row.set_version(1);
        let of = &self.distinct;
        let key = if of.is_empty() { None } else { key_bytes(of, |column, out| row.encode(*column, out)) };
        Some(Given { row, key })
    }

    fn fill(&mut self) {
        let rows = &mut self.portion.0;
        if !rows.is_empty() {
            self.count += rows.len() as u64;
            if let Some(progress) = &mut self.progress {
                progress(self.count);
            }
            rows.clear();
        }
        let mut keys = HashSet::new();
        while let Some(given) = self.ahead.take() {
            let def = R::def();
            let columns = def.all().difference(def.read_only().union(given.row.unset()));
            if self.portion.0.is_empty() {
                self.columns = columns;
            }
            let again = given.key.as_ref().is_some_and(|key| keys.contains(key));
            if columns != self.columns || again || self.portion.0.len() == PORTION {
                self.ahead = Some(given);
                break;
            }
            keys.extend(given.key.clone());
            self.portion.0.push(given);
            self.ahead = self.pull();
        }
        if !self.distinct.is_empty() {
            // Concurrent units of work then meet the same rows in the same order.
            self.portion.0.sort_by(|a, b| a.key.cmp(&b.key));
        }
    }
}

impl<I, R, E> RowSource for Source<'_, I, R, E>
where
    I: Iterator<Item = Result<R, E>> + Send,
    R: Table,
    E: Send,
{
    fn portion(&mut self) -> Option<(ColumnSet, &dyn Rows)> {
        if !std::mem::take(&mut self.ready) {
            self.fill();
        }
        if self.portion.0.is_empty() { None } else { Some((self.columns, &self.portion)) }
    }
}

impl<R: Table> Rows for Portion<R> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        match self.0.get(row) {
            Some(given) => given.row.encode(position, out),
            None => Err(CellError::OutOfRange("the portion has fewer rows")),
        }
    }

    fn key_text(&self, row: usize) -> String {
        self.0.get(row).map_or_else(String::new, |given| format!("{:?}", given.row.key()))
    }
}
