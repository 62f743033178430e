//! Writing a batch: BEGIN, every row of every group, savepoints and COMMIT in one message.

use std::sync::mpsc::{self, Receiver};

use underpin_core::{Datum, Dialect, Error, ErrorKind, OwnedRow, Result, Stale};
use underpin_sql::driver::{Batch, Description, Observed, Step, TransactionOptions};
use underpin_sql::{Shape, TableStatements, Write, WriteKind};

use crate::batch::{Group, Piece, Portion, Portions};
use crate::codec::{Arena, RowCells};
use crate::connect::Session;
use crate::connection::SqliteConnection;
use crate::error::Attempt;
use crate::statements::{failed_running, prepare};
use crate::thread::lost;
use crate::transaction::State;

impl Group {
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
                return Err(Error::stale(Stale::new(self.table.name, self.first + row)));
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

/// A batch that SQLite runs while the caller still encodes its later portions.
struct Message {
    first: Portion,
    rest: Receiver<(Portion, Arena)>,
    commit: bool,
}

/// Why a batch failed, with the step of it that did, if it was one.
type Failure = (Option<usize>, Error);

impl Message {
    /// Whether SQLite's own transaction around one statement is enough.
    fn is_single(&self) -> bool {
        self.first.is_last
            && matches!(self.first.pieces.as_slice(), [(_, Piece::Group(group))] if group.rows <= 1)
    }

    fn run(
        &self,
        session: &Session,
        state: &mut State,
        arena: &Arena,
    ) -> Result<Vec<Vec<OwnedRow>>, Failure> {
        let own = !state.is_transaction() && !self.is_single();
        if own {
            state.begin(TransactionOptions::new());
        }
        let mut done = self.run_portions(session, state, arena);
        if own || self.commit {
            done = done.and_then(|returned| {
                state.commit(session).map_err(|error| (None, error))?;
                Ok(returned)
            });
        }
        if own && done.is_err() {
            // Nobody began this transaction, so nobody would end it. What is said is why it failed.
            let _ = state.roll_back(session);
        }
        done
    }

    fn run_portions(
        &self,
        session: &Session,
        state: &mut State,
        arena: &Arena,
    ) -> Result<Vec<Vec<OwnedRow>>, Failure> {
        let leads_out_of_failure = matches!(self.first.pieces.first(), Some((_, Piece::RollbackTo(_))));
        if !(state.is_aborted() && leads_out_of_failure) {
            state.enter(session).map_err(|error| (Some(0), error))?;
        }
        let mut returned = Vec::new();
        self.first.run(session, state, arena, &mut returned)?;
        let mut is_last = self.first.is_last;
        while !is_last {
            let Ok((portion, arena)) = self.rest.recv() else {
                // The caller could not encode a row of it, or has panicked: none of it may stay.
                state.fail(session);
                return Err((None, lost()));
            };
            portion.run(session, state, &arena, &mut returned)?;
            is_last = portion.is_last;
        }
        Ok(returned)
    }
}

impl Portion {
    fn run(
        &self,
        session: &Session,
        state: &mut State,
        arena: &Arena,
        returned: &mut Vec<Vec<OwnedRow>>,
    ) -> Result<(), Failure> {
        let mut at = 0;
        for (step, piece) in &self.pieces {
            let done = match piece {
                Piece::Group(group) => state
                    .check_writable()
                    .and_then(|()| group.execute(session, arena, &mut at))
                    .map(|rows| match returned.last_mut() {
                        Some(before) if group.first > 0 => before.extend(rows),
                        _ => returned.push(rows),
                    }),
                Piece::Savepoint(number) => state.savepoint(session, *number),
                Piece::RollbackTo(number) => state.roll_back_to(session, *number),
                Piece::Release(number) => state.release(session, *number),
            };
            if let Err(error) = done {
                state.fail(session);
                return Err((Some(*step), error));
            }
        }
        Ok(())
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
        let mut portions = Portions::of(batch);
        let mut arena = self.buffer();
        let first = portions.next(&mut arena)?;
        let (sender, rest) = mpsc::channel();
        self.count(writes(batch).count());
        if self.is_inline() {
            // Nothing runs beside the caller, and what cannot be encoded must fail before anything is written.
            portions.send_to(&sender)?;
        }
        let message = Message { first, rest, commit: batch.commit };
        let answer =
            self.start(arena, move |session, state, arena| Ok(message.run(session, state, arena)))?;
        let encoded = portions.send_to(&sender);
        drop(sender);
        let written = self.finish(answer).await?;
        // Why a row cannot be encoded is why SQLite was left without it.
        encoded?;
        written.map_err(|(step, error)| match step.and_then(|step| batch.steps.get(step)) {
            Some(Step::Write(write)) => with_key(error, write).context(write.attempted()),
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
