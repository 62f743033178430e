//! Loading many new rows the fastest way there is.

use std::marker::PhantomData;

use underpin_core::{CellError, ColumnSet, Encoder, Result};
use underpin_schema::{Store, Table};
use underpin_sql::{CellOf, RowSource, Rows};

use super::UnitOfWork;
use crate::Entity;

/// Rows of one portion: few enough that the database works on one while the next is made.
const PORTION: usize = 1_000;

impl<S: Store> UnitOfWork<S> {
    /// Inserts many new entities by the database's own bulk protocol (COPY on PostgreSQL), in portions, so that memory
    /// stays bounded whatever `entities` gives. Gives the number of rows.
    ///
    /// The entities are not tracked, their events are not taken, and no generated value comes back: for that there is
    /// [`add`](Self::add). Defaults of the application apply; a column that an entity leaves unset is left to the
    /// database for its whole portion.
    ///
    /// # Errors
    /// If the database refuses a row; the transaction is then aborted.
    pub async fn load<E: Entity<S>>(
        &mut self,
        entities: impl IntoIterator<Item = E, IntoIter: Send>,
    ) -> Result<u64> {
        self.usable()?;
        let rows = Vec::with_capacity(PORTION);
        let mut source = Source {
            entities: entities.into_iter(),
            portion: Portion(rows),
            store: PhantomData::<fn() -> S>,
        };
        match self.connection.load(E::Row::def(), &mut source).await {
            Ok(rows) => Ok(rows),
            Err(error) => Err(self.fail(error)),
        }
    }
}

/// Entities that become rows portion by portion.
struct Source<S, I, R> {
    entities: I,
    portion: Portion<R>,
    store: PhantomData<fn() -> S>,
}

impl<S, E, I> RowSource for Source<S, I, E::Row>
where
    E: Entity<S>,
    I: Iterator<Item = E> + Send,
{
    fn portion(&mut self) -> Option<(ColumnSet, &dyn Rows)> {
        let rows = &mut self.portion.0;
        rows.clear();
        let def = E::Row::def();
        let mut unset = def.read_only();
        for entity in self.entities.by_ref().take(PORTION) {
            let mut row = entity.to_row();
            row.fill_defaults();
            row.set_version(1);
            unset = unset.union(row.unset());
            rows.push(row);
        }
        if rows.is_empty() { None } else { Some((def.all().difference(unset), &self.portion)) }
    }
}

struct Portion<R>(Vec<R>);

impl<R: Table> Rows for Portion<R> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        match self.0.get(row) {
            Some(row) => row.encode(position, out),
            None => Err(CellError::OutOfRange("the portion has fewer rows")),
        }
    }

    fn key_text(&self, row: usize) -> String {
        self.0.get(row).map_or_else(String::new, |row| format!("{:?}", row.key()))
    }
}
