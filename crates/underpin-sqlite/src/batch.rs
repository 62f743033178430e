//! What a batch is sent as: portions of it, each encoded while SQLite writes the one before.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use underpin_core::{Dialect, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Batch, Step};
use underpin_sql::{CellOf, Rows, Shape, TableStatements, Write, WriteKind, WriteStatement};

use crate::codec::{Arena, CellEncoder};
use crate::fetch::unfit;

/// Bytes of a portion: large enough that a crossing costs nothing, small enough to stay in the processor's cache.
pub(crate) const PORTION: usize = 64 * 1024;

/// Room for a portion, which ends behind the row that fills it.
pub(crate) const ROOM: usize = PORTION + PORTION / 4;

/// One step of a batch, or some rows of it; their cells are in the portion's buffer.
pub(crate) enum Piece {
    Group(Group),
    Savepoint(u32),
    RollbackTo(u32),
    Release(u32),
}

/// Rows of one table that are written by one statement; their cells are in the request's buffer.
pub(crate) struct Group {
    pub(crate) table: &'static TableDef,
    pub(crate) statement: Arc<WriteStatement>,
    pub(crate) kind: WriteKind,
    /// Which row of the write is the first of them.
    pub(crate) first: usize,
    pub(crate) rows: usize,
}

impl Group {
    /// Encodes the rows of a write from one position on, until the buffer holds so many bytes.
    pub(crate) fn fill(write: &Write<'_>, first: usize, full: usize, arena: &mut Arena) -> Result<Self> {
        let Write { table, kind, .. } = *write;
        let statement = TableStatements::of(table, Dialect::SQLITE)?.write(write, Shape::One);
        let mut group = Self { table, statement, kind, first, rows: 0 };
        while group.end() < write.rows.len() && arena.len() < full {
            group.encode(group.end(), write.rows, arena)?;
            group.rows += 1;
        }
        Ok(group)
    }

    fn encode(&self, row: usize, rows: &dyn Rows, arena: &mut Arena) -> Result<()> {
        self.statement.params.iter().try_for_each(|param| {
            rows.encode(row, param.cell, &mut CellEncoder::new(arena, param.ty)).map_err(|why| {
                let (CellOf::New(position) | CellOf::Old(position)) = param.cell;
                unfit(self.table, position, why)
            })
        })
    }

    /// Which row of the write is the first behind them.
    pub(crate) fn end(&self) -> usize {
        self.first + self.rows
    }
}

/// As much of a batch as is sent at a time.
pub(crate) struct Portion {
    /// Each with the number of its step.
    pub(crate) pieces: Vec<(usize, Piece)>,
    /// Whether it is the end of the batch.
    pub(crate) is_last: bool,
}

/// What of a batch is still to be encoded.
pub(crate) struct Portions<'b> {
    batch: &'b Batch<'b>,
    step: usize,
    row: usize,
}

impl<'b> Portions<'b> {
    pub(crate) fn of(batch: &'b Batch<'b>) -> Self {
        Self { batch, step: 0, row: 0 }
    }

    /// Encodes the next portion.
    pub(crate) fn next(&mut self, arena: &mut Arena) -> Result<Portion> {
        let mut pieces = Vec::new();
        while let Some(step) = self.batch.steps.get(self.step)
            && arena.len() < PORTION
        {
            pieces.push((self.step, self.piece(step, arena)?));
        }
        Ok(Portion { pieces, is_last: self.is_done() })
    }

    /// Encodes what is left, and sends each portion as soon as it is full.
    pub(crate) fn send_to(&mut self, portions: &Sender<(Portion, Arena)>) -> Result<()> {
        while !self.is_done() {
            let mut arena = Arena::with_capacity(ROOM);
            let portion = self.next(&mut arena)?;
            if portions.send((portion, arena)).is_err() {
                // An earlier one has failed.
                break;
            }
        }
        Ok(())
    }

    fn piece(&mut self, step: &Step<'_>, arena: &mut Arena) -> Result<Piece> {
        let piece = match step {
            Step::Write(write) => {
                let group = Group::fill(write, self.row, PORTION, arena);
                let group = group.map_err(|error| error.context(write.attempted()))?;
                self.row = group.end();
                if self.row < write.rows.len() {
                    return Ok(Piece::Group(group));
                }
                Piece::Group(group)
            }
            Step::Savepoint(number) => Piece::Savepoint(*number),
            Step::RollbackTo(number) => Piece::RollbackTo(*number),
            Step::Release(number) => Piece::Release(*number),
            _ => {
                return Err(Error::usage("the SQLite driver does not know this step", "report a defect"));
            }
        };
        (self.step, self.row) = (self.step + 1, 0);
        Ok(piece)
    }

    fn is_done(&self) -> bool {
        self.step == self.batch.steps.len()
    }
}
