//! The store through its driver, with tables written by hand: no runtime, every future is ready at once.

mod constraints;
mod foreign_keys;
mod generated;
mod queries;
mod tables;
mod transactions;

use std::any::Any;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use underpin_core::{CellError, Cells, ColumnSet, Datum, Encoder, OwnedRow, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Access, Batch, Connection, Driver, Isolation, Receive, Step, TransactionOptions};
use underpin_sql::{CellOf, KeyRows, Lock, Query, Rows, Select, Write, WriteKind};

use crate::MemoryDriver;

/// What a future gives when it is polled once.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future is not ready at its first poll"),
    }
}

fn store(tables: &[&'static TableDef]) -> MemoryDriver {
    let mut builder = underpin_schema::Schema::builder();
    for table in tables {
        builder = builder.definition(table);
    }
    MemoryDriver::new(Arc::new(builder.build().unwrap()))
}

fn connect(driver: &MemoryDriver) -> Box<dyn Connection> {
    now(driver.acquire(Access::Write)).unwrap()
}

/// A connection in a transaction.
fn begin(driver: &MemoryDriver) -> Box<dyn Connection> {
    begin_with(driver, TransactionOptions::new())
}

fn begin_with(driver: &MemoryDriver, options: TransactionOptions) -> Box<dyn Connection> {
    let mut connection = connect(driver);
    connection.begin(options);
    connection
}

fn int(value: i64) -> Datum {
    Datum::Int(value)
}

fn text(value: &str) -> Datum {
    Datum::Text(value.to_owned())
}

const NULL: Datum = Datum::Null;

/// Rows as they were and as they shall be.
struct Given {
    table: &'static TableDef,
    old: Vec<Vec<Datum>>,
    new: Vec<Vec<Datum>>,
}

impl Rows for Given {
    fn len(&self) -> usize {
        self.old.len().max(self.new.len())
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> std::result::Result<(), CellError> {
        let (datum, column) = match cell {
            CellOf::New(column) => (&self.new[row][column], column),
            CellOf::Old(column) => (&self.old[row][column], column),
        };
        datum.encode(self.table.columns[column].ty, out)
    }

    fn key_text(&self, row: usize) -> String {
        format!("number {row}")
    }
}

/// A group of writes, to be made a step.
struct Group {
    kind: WriteKind,
    columns: ColumnSet,
    returning: ColumnSet,
    versioned: bool,
    rows: Given,
}

impl Group {
    fn step(&self) -> Step<'_> {
        Step::Write(Write {
            table: self.rows.table,
            kind: self.kind,
            columns: self.columns,
            returning: self.returning,
            versioned: self.versioned,
            rows: &self.rows,
        })
    }

    fn returning(mut self, columns: &[usize]) -> Self {
        self.returning = ColumnSet::of(columns);
        self
    }
}

fn group(
    table: &'static TableDef,
    kind: WriteKind,
    columns: ColumnSet,
    old: Vec<Vec<Datum>>,
    new: Vec<Vec<Datum>>,
) -> Group {
    let versioned = kind != WriteKind::Insert && table.version().is_some();
    Group { kind, columns, returning: ColumnSet::EMPTY, versioned, rows: Given { table, old, new } }
}

/// Whole rows.
fn insert<const N: usize>(table: &'static TableDef, rows: &[[Datum; N]]) -> Group {
    let new = rows.iter().map(|row| row.to_vec()).collect();
    group(table, WriteKind::Insert, table.all(), Vec::new(), new)
}

/// Rows, of which only some columns are given.
fn insert_some<const N: usize>(table: &'static TableDef, columns: &[usize], rows: &[[Datum; N]]) -> Group {
    Group { columns: ColumnSet::of(columns), ..insert(table, rows) }
}

/// Rows as they were, and as they shall be in one column.
fn update<const N: usize>(table: &'static TableDef, column: usize, rows: &[([Datum; N], Datum)]) -> Group {
    let new = rows.iter().map(|(row, value)| {
        let mut row = row.to_vec();
        row[column] = value.clone();
        row
    });
    let new = new.collect();
    let old = rows.iter().map(|(row, _)| row.to_vec()).collect();
    group(table, WriteKind::Update, ColumnSet::of(&[column]), old, new)
}

fn delete<const N: usize>(table: &'static TableDef, rows: &[[Datum; N]]) -> Group {
    let old = rows.iter().map(|row| row.to_vec()).collect();
    group(table, WriteKind::Delete, ColumnSet::EMPTY, old, Vec::new())
}

fn write(connection: &mut Box<dyn Connection>, groups: &[Group]) -> Result<Vec<Vec<OwnedRow>>> {
    let steps: Vec<Step<'_>> = groups.iter().map(Group::step).collect();
    now(connection.write(&Batch { steps: &steps, commit: false }))
}

fn step(connection: &mut Box<dyn Connection>, step: Step<'_>) -> Result<()> {
    now(connection.write(&Batch { steps: &[step], commit: false })).map(drop)
}

/// Keeps whole rows.
struct Keep {
    table: &'static TableDef,
    rows: Vec<Vec<Datum>>,
}

impl Receive for Keep {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        let columns = self.table.columns.iter().enumerate();
        self.rows.push(
            columns.map(|(position, column)| Datum::read(cells, position, column.ty).unwrap()).collect(),
        );
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

fn kept(received: Box<dyn Receive>) -> Vec<Vec<Datum>> {
    received.into_any().downcast::<Keep>().unwrap().rows
}

fn fetch(connection: &mut Box<dyn Connection>, query: &Query<'_>) -> Result<Vec<Vec<Datum>>> {
    let keep = Keep { table: query.table(), rows: Vec::new() };
    now(connection.fetch(query, Box::new(keep))).map(kept)
}

/// All rows of a table, as they come.
fn all(connection: &mut Box<dyn Connection>, table: &'static TableDef) -> Vec<Vec<Datum>> {
    fetch(connection, &Query::Select(&Select::new(table))).unwrap()
}

/// All committed rows of a table.
fn committed(driver: &MemoryDriver, table: &'static TableDef) -> Vec<Vec<Datum>> {
    all(&mut connect(driver), table)
}
