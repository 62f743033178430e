//! Domain events on their way to the outbox.

use std::any::{Any, TypeId};

use underpin_core::{CellError, ColumnSet, Encoder};
use underpin_schema::{Table, TableDef};
use underpin_sql::{CellOf, Rows};

/// Turns the events that an entity has collected into rows of the outbox. Here, not in the domain.
///
/// `add`, `save` and `remove` call it; the rows are written by the same flush as the entity, as its last group.
#[diagnostic::on_unimplemented(
    message = "nobody says what becomes of the events of `{Self}` in `{S}`",
    note = "write `impl Events<{S}> for {Self} {{}}` if it raises none, or implement `drain`"
)]
pub trait Events<S> {
    /// Takes the events out of the entity and pushes their rows.
    fn drain(&mut self, out: &mut Outgoing) {
        let _ = out;
    }
}

/// The row of an aggregate whose events are taken care of. It is asked of the row, and not of the aggregate, so that
/// what is missing is missed once, and not at each method of the mapping.
pub trait RootRow<E, S>: Table {
    fn drain(entity: &mut E, out: &mut Outgoing);
}

impl<R: Table, E: Events<S> + Send, S> RootRow<E, S> for R {
    fn drain(entity: &mut E, out: &mut Outgoing) {
        entity.drain(out);
    }
}

/// Rows that are only ever appended: messages for the outbox.
#[derive(Default)]
pub struct Outgoing {
    sets: Vec<Box<dyn AppendSet>>,
}

impl Outgoing {
    /// Appends a row to its table. Rows of one table are written in the order of the calls.
    pub fn push<R: Table>(&mut self, mut row: R) {
        row.fill_defaults();
        row.set_version(1);
        let position = match self.sets.iter().position(|set| set.row_type() == TypeId::of::<R>()) {
            Some(position) => position,
            None => {
                self.sets.push(Box::new(Appended::<R> { rows: Vec::new() }));
                self.sets.len() - 1
            }
        };
        // The set was found by the type of its rows.
        if let Some(set) = self.sets[position].as_any().downcast_mut::<Appended<R>>() {
            set.rows.push(row);
        }
    }

    /// How many rows wait to be written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sets.iter().map(|set| set.len()).sum()
    }

    /// Whether no row waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn clear(&mut self) {
        self.sets.clear();
    }

    /// How many rows wait in each table, to go back to by [`Outgoing::truncate`].
    pub(crate) fn mark(&self) -> Vec<usize> {
        self.sets.iter().map(|set| set.len()).collect()
    }

    pub(crate) fn truncate(&mut self, mark: &[usize]) {
        for (index, set) in self.sets.iter_mut().enumerate() {
            set.truncate(mark.get(index).copied().unwrap_or(0));
        }
    }

    /// The groups to write: table, columns, rows.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&'static TableDef, ColumnSet, &dyn Rows)> {
        self.sets.iter().filter(|set| set.len() > 0).map(|set| (set.def(), set.columns(), set.as_rows()))
    }
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outgoing({} rows)", self.len())
    }
}

trait AppendSet: Rows + Send {
    fn row_type(&self) -> TypeId;
    fn def(&self) -> &'static TableDef;
    fn columns(&self) -> ColumnSet;
    fn truncate(&mut self, len: usize);
    fn as_any(&mut self) -> &mut dyn Any;
    fn as_rows(&self) -> &dyn Rows;
}

struct Appended<R> {
    rows: Vec<R>,
}

impl<R: Table> Rows for Appended<R> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        match self.rows.get(row) {
            Some(row) => row.encode(position, out),
            None => Err(CellError::OutOfRange("the group has fewer rows")),
        }
    }

    fn key_text(&self, row: usize) -> String {
        self.rows.get(row).map_or_else(String::new, |row| format!("{:?}", row.key()))
    }
}

impl<R: Table> AppendSet for Appended<R> {
    fn row_type(&self) -> TypeId {
        TypeId::of::<R>()
    }

    fn def(&self) -> &'static TableDef {
        R::def()
    }

    /// What every row gives: a column that one of them leaves to the database is left out for all.
    fn columns(&self) -> ColumnSet {
        let unset = self.rows.iter().fold(ColumnSet::EMPTY, |unset, row| unset.union(row.unset()));
        R::def().all().difference(R::def().read_only()).difference(unset)
    }

    fn truncate(&mut self, len: usize) {
        self.rows.truncate(len);
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn as_rows(&self) -> &dyn Rows {
        self
    }
}
