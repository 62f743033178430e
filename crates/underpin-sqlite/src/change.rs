//! Changing many rows: one statement, or one for each row that is inserted, all in one message.

use underpin_core::{ColumnType, Dialect, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Description, Observed, Receive, TransactionOptions};
use underpin_sql::{CellOf, Change, ChangeKind, ChangeStatement, Shape, render_change};

use crate::codec::{Arena, CellEncoder, RowCells};
use crate::connect::Session;
use crate::connection::SqliteConnection;
use crate::error::Attempt;
use crate::fetch::{encode_all, unfit};
use crate::statements::{failed_running, prepare};
use crate::transaction::State;

/// A change that is ready to be sent; its parameters are in the request's buffer.
struct Ready {
    table: &'static TableDef,
    text: String,
    /// The types of what comes back.
    types: Vec<ColumnType>,
    /// How many parameters one execution has.
    params: usize,
    /// How many times the statement is executed, each time with the next parameters.
    times: usize,
}

impl Ready {
    fn encode(change: &Change<'_>, arena: &mut Arena) -> Result<Self> {
        let table = change.table();
        let statement = render_change(change, Dialect::SQLITE, Shape::One)?;
        let times = match &change.kind {
            ChangeKind::Insert(insert) => {
                for row in 0..insert.rows.len() {
                    for param in &statement.cells {
                        let encoded =
                            insert.rows.encode(row, param.cell, &mut CellEncoder::new(arena, param.ty));
                        let (CellOf::New(position) | CellOf::Old(position)) = param.cell;
                        encoded.map_err(|why| unfit(table, position, why))?;
                    }
                    encode_all(table, &statement.bound, arena)?;
                }
                insert.rows.len()
            }
            _ => {
                encode_all(table, &statement.bound, arena)?;
                1
            }
        };
        let ChangeStatement { text, cells, bound } = statement;
        let types = change.of.columns.iter().map(|tree| tree.ty).collect();
        Ok(Self { table, text, types, params: cells.len() + bound.len(), times })
    }

    /// Executes it, in a transaction of its own if it is more than one statement and there is none.
    fn run(
        &self,
        session: &Session,
        state: &mut State,
        arena: &Arena,
        rows: &mut dyn Receive,
    ) -> Result<u64> {
        let own = !state.is_transaction() && self.times > 1;
        if own {
            state.begin(TransactionOptions::new());
        }
        let done = state.enter(session).and_then(|()| {
            let done = state.check_writable().and_then(|()| self.execute(session, arena, rows));
            done.inspect_err(|_| state.fail(session))
        });
        if own {
            let ended = if done.is_ok() { state.commit(session) } else { state.roll_back(session) };
            return done.and_then(|count| ended.map(|()| count));
        }
        done
    }

    fn execute(&self, session: &Session, arena: &Arena, into: &mut dyn Receive) -> Result<u64> {
        let attempt = Attempt::Write(self.table);
        let wrong = |why| failed_running(why, &session.db, &self.text, attempt);
        session.start_clock();
        let mut statement = prepare(&session.db, &self.text, attempt)?;
        let (mut at, mut count) = (0, 0);
        for _ in 0..self.times {
            at = arena.bind(at, self.params, &mut statement).map_err(wrong)?;
            if self.types.is_empty() {
                count += statement.raw_execute().map_err(wrong)? as u64;
                continue;
            }
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next().map_err(wrong)? {
                into.row(&RowCells::new(row, &self.types))?;
                count += 1;
            }
        }
        Ok(count)
    }
}

impl SqliteConnection {
    pub(crate) async fn run_change(
        &mut self,
        change: &Change<'_>,
        rows: Box<dyn Receive>,
    ) -> Result<(u64, Box<dyn Receive>)> {
        self.check_usable()?;
        self.check_writable()?;
        let observed = Observed::start(self.slow());
        let changed = self.send_change(change, rows).await;
        self.observed(observed, &changed, || describe(change));
        changed.map_err(|error| error.context(change.attempted()))
    }

    async fn send_change(
        &mut self,
        change: &Change<'_>,
        mut rows: Box<dyn Receive>,
    ) -> Result<(u64, Box<dyn Receive>)> {
        let mut arena = self.buffer();
        let ready = Ready::encode(change, &mut arena)?;
        if ready.times == 0 {
            return Ok((0, rows));
        }
        self.count(1);
        self.call(arena, move |session, state, arena| {
            ready.run(session, state, arena, &mut *rows).map(|count| (count, rows))
        })
        .await
    }
}

/// What a change was, for tracing.
fn describe<'c>(change: &'c Change<'_>) -> Description<'c> {
    let text = render_change(change, Dialect::SQLITE, Shape::One);
    Description::one(change.sql(), change.table().name, text.map_or_else(|_| String::new(), |of| of.text))
}
