//! Rows of two numbers, as a driver takes and gives them.

use std::any::Any;
use std::fmt;

use underpin::driver::{Receive, Step};
use underpin::{CellError, Cells, ColumnSet, Datum, Encoder, OwnedRow, TableDef};
use underpin_sql::{CellOf, Rows, Write, WriteKind};

/// A group of writes.
pub(crate) struct Group {
    table: &'static TableDef,
    kind: WriteKind,
    rows: Vec<[Datum; 2]>,
    /// The column that an update writes, and its new value.
    column: usize,
    value: Datum,
}

impl Group {
    pub(crate) fn new(
        table: &'static TableDef,
        kind: WriteKind,
        rows: Vec<[Datum; 2]>,
        column: usize,
        value: Datum,
    ) -> Self {
        Self { table, kind, rows, column, value }
    }

    pub(crate) fn step(&self) -> Step<'_> {
        let columns = match self.kind {
            WriteKind::Insert => self.table.all(),
            WriteKind::Update => ColumnSet::of(&[self.column]),
            WriteKind::Delete => ColumnSet::EMPTY,
        };
        Step::Write(Write {
            table: self.table,
            kind: self.kind,
            columns,
            returning: if self.kind == WriteKind::Delete { ColumnSet::EMPTY } else { self.table.all() },
            versioned: self.kind != WriteKind::Insert && self.table.version().is_some(),
            rows: self,
        })
    }
}

impl Rows for Group {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (datum, column) = match cell {
            CellOf::New(column) if self.kind == WriteKind::Update => (&self.value, column),
            CellOf::New(column) | CellOf::Old(column) => (&self.rows[row][column], column),
        };
        // A version is never NULL.
        let version = self.table.version() == Some(column) && *datum == Datum::Null;
        let datum = if version { &Datum::Int(1) } else { datum };
        datum.encode(self.table.columns[column].ty, out)
    }

    fn key_text(&self, row: usize) -> String {
        show(&self.rows[row][0])
    }
}

impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.sql(), self.table.name)?;
        for row in &self.rows {
            write!(f, " ({}, {})", show(&row[0]), show(&row[1]))?;
        }
        if self.kind == WriteKind::Update {
            write!(f, " {} = {}", self.table.columns[self.column].name, show(&self.value))?;
        }
        f.write_str(";")
    }
}

fn show(datum: &Datum) -> String {
    match datum {
        Datum::Null => "NULL".to_owned(),
        Datum::Int(value) => value.to_string(),
        _ => panic!("all columns are numbers"),
    }
}

/// Rows as text.
pub(crate) fn shown(rows: &[OwnedRow]) -> String {
    let row = |row: &OwnedRow| row.0.iter().map(show).collect::<Vec<_>>().join(", ");
    rows.iter().map(|cells| format!("({})", row(cells))).collect()
}

/// Keeps rows as text.
pub(crate) struct Keep {
    table: &'static TableDef,
    rows: Vec<String>,
}

impl Keep {
    pub(crate) fn new(table: &'static TableDef) -> Self {
        Self { table, rows: Vec::new() }
    }

    pub(crate) fn rows(received: Box<dyn Receive>) -> Vec<String> {
        received.into_any().downcast::<Self>().unwrap().rows
    }
}

impl Receive for Keep {
    fn row(&mut self, cells: &dyn Cells) -> Result<(), underpin::Error> {
        let columns = self.table.columns.iter().enumerate();
        let cells = columns.map(|(position, column)| Datum::read(cells, position, column.ty).unwrap());
        self.rows.push(cells.map(|datum| show(&datum)).collect::<Vec<_>>().join(", "));
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
