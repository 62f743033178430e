//! Rows without a row struct: what a derive macro would make, for any table.

use std::any::Any;

use underpin_core::{CellError, Cells as Reading, ColumnSet, Datum, Encoder, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::CellOf;
use underpin_sql::driver::Receive;

/// The cells of a row, in the order of the columns.
pub(crate) type Cells = Vec<Datum>;

/// Rows to be written.
pub(crate) struct Rows {
    pub(crate) table: &'static TableDef,
    pub(crate) columns: ColumnSet,
    new: Vec<Cells>,
    old: Vec<Cells>,
}

impl Rows {
    /// Whole rows to be inserted.
    pub(crate) fn new(table: &'static TableDef, rows: Vec<Cells>) -> Self {
        Self { table, columns: table.all(), new: rows.clone(), old: rows }
    }

    /// Rows to be inserted with these columns only; the others are not looked at.
    pub(crate) fn of(table: &'static TableDef, columns: &[usize], rows: Vec<Cells>) -> Self {
        Self { columns: ColumnSet::of(columns), ..Self::new(table, rows) }
    }

    /// Rows that change: what they were, what they become.
    pub(crate) fn change(
        table: &'static TableDef,
        columns: &[usize],
        old: Vec<Cells>,
        new: Vec<Cells>,
    ) -> Self {
        Self { table, columns: ColumnSet::of(columns), new, old }
    }

    /// Keys of one column that stands first.
    pub(crate) fn keys(table: &'static TableDef, keys: &[Cells]) -> Self {
        Self::new(table, keys.to_vec())
    }
}

impl underpin_sql::Rows for Rows {
    fn len(&self) -> usize {
        self.new.len().max(self.old.len())
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (cells, position) = match cell {
            CellOf::New(position) => (&self.new, position),
            CellOf::Old(position) => (&self.old, position),
        };
        cells[row][position].encode(self.table.columns[position].ty, out)
    }

    fn key_text(&self, row: usize) -> String {
        match &self.old[row][0] {
            Datum::Int(key) => format!("number {key}"),
            _ => "text".to_owned(),
        }
    }
}

/// Takes whole rows as they come.
pub(crate) struct Owned {
    table: &'static TableDef,
    rows: Vec<Cells>,
}

impl Owned {
    pub(crate) fn receiver(table: &'static TableDef) -> Box<dyn Receive> {
        Box::new(Self { table, rows: Vec::new() })
    }

    pub(crate) fn rows(received: Box<dyn Receive>) -> Result<Vec<Cells>> {
        Ok(received.into_any().downcast::<Self>().unwrap().rows)
    }
}

impl Receive for Owned {
    fn row(&mut self, cells: &dyn Reading) -> Result<()> {
        let mut row = Vec::new();
        for (position, column) in self.table.columns.iter().enumerate() {
            row.push(
                Datum::read(cells, position, column.ty)
                    .map_err(|why| Error::value(self.table.name, column.name, why))?,
            );
        }
        self.rows.push(row);
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

pub(crate) fn text(value: &str) -> Datum {
    Datum::Text(value.to_owned())
}

pub(crate) fn int(value: i64) -> Datum {
    Datum::Int(value)
}
