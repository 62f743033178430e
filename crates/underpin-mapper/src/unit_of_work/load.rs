//! Loading many new rows the fastest way there is.

use underpin_core::{CellError, Encoder, Result};
use underpin_schema::{Store, Table};
use underpin_sql::{CellOf, Rows};

use super::UnitOfWork;
use crate::Entity;

/// Rows of one portion: enough to keep the protocol busy, few enough to stay in a few megabytes.
const PORTION: usize = 10_000;

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
    pub async fn load<E: Entity<S>>(&mut self, entities: impl IntoIterator<Item = E>) -> Result<u64> {
        self.usable()?;
        let mut entities = entities.into_iter();
        let mut total = 0;
        loop {
            let rows: Vec<E::Row> = entities.by_ref().take(PORTION).map(|entity| new_row(&entity)).collect();
            if rows.is_empty() {
                return Ok(total);
            }
            let def = E::Row::def();
            let unset = rows.iter().fold(def.read_only(), |unset, row| unset.union(row.unset()));
            let columns = def.all().difference(unset);
            match self.connection.load(def, columns, &Portion(rows)).await {
                Ok(rows) => total += rows,
                Err(error) => return Err(self.fail(error)),
            }
        }
    }
}

fn new_row<S, E: Entity<S>>(entity: &E) -> E::Row {
    let mut row = entity.to_row();
    row.fill_defaults();
    row.set_version(1);
    row
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
