//! Taking in a group of writes: its values are read once, and generated ones are made.

use underpin_core::{Datum, Error, OwnedRow, Result, key_bytes};
use underpin_schema::{Generation, TableDef};
use underpin_sql::{CellOf, Write, WriteKind};

use crate::group::{Change, Group, Target};
use crate::identity::Counters;
use crate::rules::Rules;
use crate::server_default::ServerDefault;
use crate::table::{Bytes, Row};

/// Reads the rows of a write.
///
/// # Errors
/// If a value does not fit its column, or the database alone could make it.
pub(crate) fn take_in(rules: &Rules, counters: &Counters, now: i64, write: &Write<'_>) -> Result<Group> {
    let table = rules.position(write.table)?;
    let rows = 0..write.rows.len();
    let changes = match write.kind {
        WriteKind::Insert => {
            let sources = sources(write)?;
            rows.map(|row| {
                let cells = sources.iter().enumerate().map(|(column, source)| match source {
                    Source::Row => read(write, row, CellOf::New(column)),
                    Source::Counter => counters.next(rules, table, column),
                    Source::Default(default) => Ok(default.value(now)),
                });
                Ok(Change::Insert(Row::new(OwnedRow(cells.collect::<Result<_>>()?))))
            })
            .collect::<Result<_>>()?
        }
        WriteKind::Update => rows
            .map(|row| {
                let cells = write.columns.iter().map(|column| read(write, row, CellOf::New(column)));
                Ok(Change::Update(target(write, row)?, cells.collect::<Result<_>>()?))
            })
            .collect::<Result<_>>()?,
        WriteKind::Delete => rows.map(|row| target(write, row).map(Change::Delete)).collect::<Result<_>>()?,
    };
    Ok(Group { table, columns: write.columns, returning: write.returning, changes, conflict: None })
}

/// The bytes of a row's key, by which it is found; `None` if a column of it is NULL.
///
/// # Errors
/// If a value does not fit its column.
pub(crate) fn read_key(
    table: &TableDef,
    mut read: impl FnMut(CellOf) -> Result<Datum>,
) -> Result<Option<Bytes>> {
    let mut cells = Vec::with_capacity(table.primary_key.len());
    for column in table.primary_key {
        cells.push((table.columns[*column].ty, read(CellOf::Old(*column))?));
    }
    Ok(key_bytes(cells, |(ty, datum), out| datum.encode(ty, out)).map(Bytes::from))
}

/// Where the values of a column come from.
enum Source {
    Row,
    Counter,
    Default(ServerDefault),
}

/// Where the values of all columns of an insert come from.
fn sources(write: &Write<'_>) -> Result<Vec<Source>> {
    let of_column = |position: usize| {
        let column = &write.table.columns[position];
        match column.generation {
            Generation::Computed(_) => Err(Error::usage(
                format!("the in-memory store cannot compute column {}.{}", write.table.name, column.name),
                "its value is an SQL expression: test what needs this table against PostgreSQL or SQLite",
            )),
            Generation::Identity { always: true } if write.columns.contains(position) => Err(Error::usage(
                format!(
                    "a value was given for column {}.{}, which is counted",
                    write.table.name, column.name
                ),
                "make the field an `Auto` if the program may give a value of its own",
            )),
            _ if write.columns.contains(position) => Ok(Source::Row),
            Generation::Identity { .. } => Ok(Source::Counter),
            Generation::Given => ServerDefault::of(write.table, position).map(Source::Default),
        }
    };
    (0..write.table.columns.len()).map(of_column).collect()
}

fn target(write: &Write<'_>, row: usize) -> Result<Target> {
    let key = read_key(write.table, |cell| read(write, row, cell))?;
    let version = match write.table.version().filter(|_| write.versioned) {
        None => None,
        Some(column) => match read(write, row, CellOf::Old(column))? {
            Datum::Int(version) => Some(version),
            _ => {
                let def = write.table;
                let why = underpin_core::CellError::WrongType("no version");
                return Err(Error::value(def.name, def.columns[column].name, why));
            }
        },
    };
    Ok(Target { key, text: write.rows.key_text(row), version })
}

fn read(write: &Write<'_>, row: usize, cell: CellOf) -> Result<Datum> {
    let (CellOf::New(column) | CellOf::Old(column)) = cell;
    let def = write.table.columns.get(column).ok_or_else(|| {
        Error::usage(
            format!("the table {} has no column number {column}", write.table.name),
            "use the column constants of the row struct",
        )
    })?;
    Datum::take(def.ty, |out| write.rows.encode(row, cell, out))
        .map_err(|why| Error::value(write.table.name, def.name, why))
}
