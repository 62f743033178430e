//! Writing a batch: BEGIN, every row of every group, savepoints and COMMIT in one message.

use std::sync::Arc;

use underpin_core::{Datum, Dialect, Error, ErrorKind, OwnedRow, Result, Stale};
use underpin_schema::TableDef;
use underpin_sql::driver::{Batch, Description, Observed, Step, TransactionOptions};
use underpin_sql::{CellOf, Shape, TableStatements, Write, WriteKind, WriteStatement};

use crate::codec::{Arena, CellEncoder, RowCells};
use crate::connect::Session;
use crate::connection::SqliteConnection;
use crate::error::Attempt;
use crate::fetch::unfit;
use crate::statements::{failed_running, prepare};
use crate::transaction::State;

/// One step of a batch, ready to be sent.
enum Piece {
    Group(Group),
    Savepoint(u32),
    RollbackTo(u32),
    Release(u32),
}

/// Rows of one table that are written by one statement; their cells are in the request's buffer.
pub(crate) struct Group {
    pub(crate) table: &'static TableDef,
    pub(crate) statement: Arc<WriteStatement>,
    kind: WriteKind,
    pub(crate) rows: usize,
}

impl Group {
    /// Encodes the rows of a write from one position to another.
    pub(crate) fn encode(write: &Write<'_>, rows: std::ops::Range<usize>, arena: &mut Arena) -> Result<Self> {
        let table = write.table;
        let statement = TableStatements::of(table, Dialect::SQLITE)?.write(write, Shape::One);
        let count = rows.len();
        for row in rows {
            for param in &statement.params {
                write.rows.encode(row, param.cell, &mut CellEncoder::new(arena, param.ty)).map_err(
                    |why| {
                        let (CellOf::New(position) | CellOf::Old(position)) = param.cell;
                        unfit(table, position, why)
                    },
                )?;
            }
        }
        Ok(Self { table, statement, kind: write.kind, rows: count })
    }

    /// Writes the rows whose cells start at `at`; moves it behind them.
    pub(crate) fn execute(&self, session: &Session, arena: &Arena, at: &mut usize) -> Result<Vec<OwnedRow>> {
        let attempt = Attempt::Write(self.table);
        let text = self.statement.statement.text();
        let wrong = |why| failed_running(why, &session.db, text, attempt);
        let types = self.statement.statement.columns();
        let params = self.statement.params.len();
        session.start_clock();
        let mut statement = prepare(&session.db, text, attempt)?;
        let mut returned = Vec::with_capacity(if types.is_empty() { 0 } else { self.rows });
        for row in 0..self.rows {
            *at = arena.bind(*at, params, &mut statement).map_err(wrong)?;
            let changed = if types.is_empty() {
                statement.raw_execute().map_err(wrong)?
            } else {
                self.read_returned(&mut statement.raw_query(), &mut returned, wrong)?
            };
            if changed != 1 && self.kind != WriteKind::Insert {
                return Err(Error::stale(Stale::new(self.table.name, row)));
            }
        }
        Ok(returned)
    }

    fn read_returned(
        &self,
        rows: &mut rusqlite::Rows<'_>,
        to: &mut Vec<OwnedRow>,
        wrong: impl Fn(rusqlite::Error) -> Error,
    ) -> Result<usize> {
        let types = self.statement.statement.columns();
        let before = to.len();
        while let Some(row) = rows.next().map_err(&wrong)? {
            let cells = RowCells::new(row, types);
            let read = |(position, ty): (usize, &_)| Datum::read(&cells, position, *ty);
            let row = types.iter().enumerate().map(read).collect::<Result<_, _>>();
            to.push(OwnedRow(row.map_err(|why| Error::value(self.table.name, "that is returned", why))?));
        }
        Ok(to.len() - before)
    }
}

/// A batch, ready to be sent.
struct Message {
    pieces: Vec<Piece>,
    commit: bool,
}

impl Message {
    fn encode(batch: &Batch<'_>, arena: &mut Arena) -> Result<Self> {
        let piece = |step: &Step<'_>| {
            Ok(match step {
                Step::Write(write) => {
                    let group = Group::encode(write, 0..write.rows.len(), arena);
                    Piece::Group(group.map_err(|error| error.context(attempted(write)))?)
                }
                Step::Savepoint(number) => Piece::Savepoint(*number),
                Step::RollbackTo(number) => Piece::RollbackTo(*number),
                Step::Release(number) => Piece::Release(*number),
                _ => {
                    return Err(Error::usage("the SQLite driver does not know this step", "report a defect"));
                }
            })
        };
        Ok(Self { pieces: batch.steps.iter().map(piece).collect::<Result<_>>()?, commit: batch.commit })
    }

    /// Whether SQLite's own transaction around one statement is enough.
    fn is_single(&self) -> bool {
        matches!(self.pieces.as_slice(), [Piece::Group(group)] if group.rows <= 1)
    }

    fn run(
        &self,
        session: &Session,
        state: &mut State,
        arena: &Arena,
    ) -> Result<Vec<Vec<OwnedRow>>, (usize, Error)> {
        let own = !state.is_transaction() && !self.is_single();
        if own {
            state.begin(TransactionOptions::new());
        }
        let mut done = self.run_pieces(session, state, arena);
        if own || self.commit {
            done = done.and_then(|returned| {
                state.commit(session).map_err(|error| (self.pieces.len(), error))?;
                Ok(returned)
            });
        }
        if own && done.is_err() {
            // Nobody began this transaction, so nobody would end it. What is said is why it failed.
            let _ = state.roll_back(session);
        }
        done
    }

    fn run_pieces(
        &self,
        session: &Session,
        state: &mut State,
        arena: &Arena,
    ) -> Result<Vec<Vec<OwnedRow>>, (usize, Error)> {
        let leads_out_of_failure = matches!(self.pieces.first(), Some(Piece::RollbackTo(_)));
        if !(state.is_aborted() && leads_out_of_failure) {
            state.enter(session).map_err(|error| (0, error))?;
        }
        let mut returned = Vec::new();
        let mut at = 0;
        for (step, piece) in self.pieces.iter().enumerate() {
            let done = match piece {
                Piece::Group(group) => state
                    .check_writable()
                    .and_then(|()| group.execute(session, arena, &mut at))
                    .map(|rows| returned.push(rows)),
                Piece::Savepoint(number) => state.savepoint(session, *number),
                Piece::RollbackTo(number) => state.roll_back_to(session, *number),
                Piece::Release(number) => state.release(session, *number),
            };
            if let Err(error) = done {
                state.fail(session);
                return Err((step, error));
            }
        }
        Ok(returned)
    }
}

impl SqliteConnection {
    pub(crate) async fn run_write(&mut self, batch: &Batch<'_>) -> Result<Vec<Vec<OwnedRow>>> {
        self.check_usable()?;
        self.check_writable()?;
        if batch.steps.is_empty() {
            // Nothing but an end.
            if batch.commit {
                self.run_commit().await?;
            }
            return Ok(Vec::new());
        }
        let observed = Observed::start(self.slow());
        let written = self.write_batch(batch).await;
        self.observed(observed, &written, || describe(batch));
        written
    }

    async fn write_batch(&mut self, batch: &Batch<'_>) -> Result<Vec<Vec<OwnedRow>>> {
        let mut arena = self.buffer();
        let message = Message::encode(batch, &mut arena)?;
        self.count(writes(batch).count());
        let answer =
            self.start(arena, move |session, state, arena| Ok(message.run(session, state, arena)))?;
        self.finish(answer).await?.map_err(|(step, error)| match batch.steps.get(step) {
            Some(Step::Write(write)) => with_key(error, write).context(attempted(write)),
            _ => error,
        })
    }
}

/// What a batch was, for tracing.
fn describe<'b>(batch: &'b Batch<'_>) -> Description<'b> {
    let statement = |write: &Write<'_>| {
        TableStatements::of(write.table, Dialect::SQLITE).map_or_else(
            |_| String::new(),
            |statements| statements.write(write, Shape::One).statement.text().to_owned(),
        )
    };
    if let [Step::Write(write)] = batch.steps {
        return Description::one(write.kind.sql(), write.table.name, statement(write));
    }
    let mut tables: Vec<&str> = writes(batch).map(|write| write.table.name).collect();
    tables.dedup();
    let texts: Vec<String> = writes(batch).map(statement).collect();
    Description::batch(tables.join(", "), texts.join("; "))
}

/// What was attempted, for an error.
fn attempted(write: &Write<'_>) -> String {
    let verb = match write.kind {
        WriteKind::Insert => "insert into",
        WriteKind::Update => "update",
        WriteKind::Delete => "delete from",
    };
    format!("{verb} {}", write.table.name)
}

fn writes<'b>(batch: &'b Batch<'_>) -> impl Iterator<Item = &'b Write<'b>> {
    batch.steps.iter().filter_map(|step| if let Step::Write(write) = step { Some(write) } else { None })
}

/// Names the key of a stale row: only the caller still has the rows.
fn with_key(error: Error, write: &Write<'_>) -> Error {
    match error.kind() {
        ErrorKind::Stale(Stale { row, .. }) => {
            let key = write.rows.key_text(*row);
            error.with_key(key)
        }
        _ => error,
    }
}
