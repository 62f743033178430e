//! Fetching rows: decoded where SQLite runs, straight into the receiver.

use std::borrow::Cow;
use std::collections::HashSet;

use underpin_core::{CellError, ColumnType, Dialect, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Description, Observed, Receive, TransactionOptions};
use underpin_sql::{Bound, CellOf, ColumnRef, Query, Rows, Sought, TableStatements, render_select};

use crate::codec::{Arena, CellEncoder, RowCells};
use crate::connect::Session;
use crate::connection::SqliteConnection;
use crate::error::Attempt;
use crate::statements::{failed_running, prepare};
use crate::transaction::State;

/// SQLite's own limit to the parameters of a statement.
const MOST_PARAMETERS: usize = 32_766;

/// A query that is ready to be sent; its parameters are in the request's buffer.
pub(crate) struct Read {
    pub(crate) table: &'static TableDef,
    pub(crate) text: Cow<'static, str>,
    pub(crate) types: Cow<'static, [ColumnType]>,
    /// How many parameters the statement has.
    pub(crate) params: usize,
    /// How many times it is executed, each time with the next parameters: once for each key that is asked for.
    times: usize,
    /// Whether each execution gives one row at most.
    by_key: bool,
}

impl Read {
    /// Encodes a query.
    pub(crate) fn encode(query: &Query<'_>, arena: &mut Arena) -> Result<Self> {
        let table = query.table();
        let by_key = TableStatements::of(table, Dialect::SQLITE)?.by_key();
        let types = query.types().map_or(Cow::Borrowed(by_key.statement.columns()), Cow::Owned);
        match query {
            // There are no row locks: who may write is alone.
            Query::Keys { keys, .. } => {
                let text = Cow::Borrowed(by_key.statement.text());
                encode_values(table, &by_key.params, *keys, arena)?;
                Ok(Self { table, text, types, params: by_key.params.len(), times: keys.len(), by_key: true })
            }
            Query::Referring { columns, to, .. } => {
                let read = TableStatements::of(table, Dialect::SQLITE)?.referring(Sought::One, columns);
                let text = Cow::Owned(read.statement.text().to_owned());
                encode_values(table, &read.params, *to, arena)?;
                Ok(Self { table, text, types, params: read.params.len(), times: to.len(), by_key: false })
            }
            Query::Select(select) => {
                let (text, bound) = render_select(select, Dialect::SQLITE)?;
                encode_all(table, &bound, arena)?;
                Ok(Self {
                    table,
                    text: Cow::Owned(text),
                    types,
                    params: bound.len(),
                    times: 1,
                    by_key: false,
                })
            }
            _ => Err(Error::usage("the SQLite driver does not know this query", "report this as a defect")),
        }
    }

    /// Whether there is nothing to ask for.
    pub(crate) fn is_empty(&self) -> bool {
        self.times == 0
    }

    /// Executes the query, and calls `each` for every row with where the caller's transaction stands. Its error ends
    /// the query and is the inner one: it does not concern the transaction.
    pub(crate) fn run<E>(
        &self,
        session: &Session,
        state: &mut State,
        arena: &Arena,
        each: &mut dyn FnMut(State, &RowCells<'_>) -> Result<(), E>,
    ) -> Result<Result<(), E>> {
        // Many keys are read in one transaction: they see one state of the database, and each costs half.
        let own = !state.is_transaction() && self.times > 1;
        if own {
            state.begin(TransactionOptions::new().read_only());
        }
        let done = state.enter(session).and_then(|()| {
            let seen = if own { State::default() } else { *state };
            self.execute(session, arena, &mut |cells| each(seen, cells)).inspect_err(|_| state.fail(session))
        });
        if own {
            state.roll_back(session)?;
        }
        done
    }

    fn execute<E>(
        &self,
        session: &Session,
        arena: &Arena,
        each: &mut dyn FnMut(&RowCells<'_>) -> Result<(), E>,
    ) -> Result<Result<(), E>> {
        let attempt = Attempt::Read(self.table);
        let wrong = |why| failed_running(why, &session.db, &self.text, attempt);
        session.start_clock();
        let mut statement = prepare(&session.db, &self.text, attempt)?;
        let mut at = 0;
        let mut asked = (self.times > 1).then(HashSet::new);
        for _ in 0..self.times {
            let next = arena.bind(at, self.params, &mut statement).map_err(wrong)?;
            // A key that is asked for twice gives its row once.
            let again = asked.as_mut().is_some_and(|asked| !asked.insert(arena.bytes(at, next)));
            at = next;
            if again {
                continue;
            }
            let mut found = statement.raw_query();
            while let Some(row) = found.next().map_err(wrong)? {
                if let Err(stop) = each(&RowCells::new(row, &self.types)) {
                    return Ok(Err(stop));
                }
                if self.by_key {
                    // There is no second one to look for.
                    break;
                }
            }
        }
        Ok(Ok(()))
    }
}

/// Encodes what a look-up asks for, value by value.
fn encode_values(
    table: &'static TableDef,
    params: &[(usize, ColumnType)],
    values: &dyn Rows,
    arena: &mut Arena,
) -> Result<()> {
    for row in 0..values.len() {
        for (position, ty) in params {
            values
                .encode(row, CellOf::Old(*position), &mut CellEncoder::new(arena, *ty))
                .map_err(|why| unfit(table, *position, why))?;
        }
    }
    Ok(())
}

/// Encodes the parameters of a query on a table.
pub(crate) fn encode_all(table: &'static TableDef, bound: &[Bound<'_>], arena: &mut Arena) -> Result<()> {
    if bound.len() > MOST_PARAMETERS {
        return Err(Error::usage(
            format!("a condition has {} values, SQLite takes {MOST_PARAMETERS}", bound.len()),
            "ask in portions",
        ));
    }
    for bound in bound {
        encode_bound(*bound, arena).map_err(|why| {
            let of = subject(*bound);
            let table = of.map_or(table, |column| column.table);
            Error::value(table.name, of.map_or("(value)", |column| column.name()), why)
        })?;
    }
    Ok(())
}

fn encode_bound(bound: Bound<'_>, arena: &mut Arena) -> Result<(), CellError> {
    match bound {
        Bound::Value(param, ty, _) => param.encode(&mut CellEncoder::new(arena, ty)),
        Bound::Count(count) => {
            // SQLite counts to 2^63; nobody has as many rows.
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            underpin_core::Encoder::i64(&mut CellEncoder::new(arena, ColumnType::BigInt), count)
        }
        Bound::Array(..) => Err(CellError::OutOfRange("SQLite binds no arrays")),
    }
}

/// The column that a parameter is meant for.
fn subject(bound: Bound<'_>) -> Option<ColumnRef> {
    match bound {
        Bound::Value(_, _, of) | Bound::Array(_, _, of) => of,
        Bound::Count(_) => None,
    }
}

/// The error of a value that its column cannot hold.
pub(crate) fn unfit(table: &TableDef, position: usize, why: CellError) -> Error {
    Error::value(table.name, table.columns.get(position).map_or("?", |column| column.name), why)
}

/// What a query was, for tracing.
pub(crate) fn describe<'q>(query: &'q Query<'_>) -> Description<'q> {
    let table = query.table();
    let text = match query {
        Query::Select(select) => {
            render_select(select, Dialect::SQLITE).map_or_else(|_| String::new(), |(text, _)| text)
        }
        Query::Referring { columns, .. } => TableStatements::of(table, Dialect::SQLITE).map_or_else(
            |_| String::new(),
            |of| of.referring(Sought::One, columns).statement.text().to_owned(),
        ),
        _ => TableStatements::of(table, Dialect::SQLITE)
            .map_or_else(|_| String::new(), |statements| statements.by_key().statement.text().to_owned()),
    };
    Description::one("SELECT", table.name, text)
}

/// What was attempted, for an error.
pub(crate) fn attempted(table: &TableDef) -> String {
    format!("select from {}", table.name)
}

impl SqliteConnection {
    pub(crate) async fn run_fetch(
        &mut self,
        query: &Query<'_>,
        rows: Box<dyn Receive>,
    ) -> Result<Box<dyn Receive>> {
        self.check_usable()?;
        let observed = Observed::start(self.slow());
        let fetched = self.fetch_rows(query, rows).await;
        self.observed(observed, &fetched, || describe(query));
        fetched.map_err(|error| error.context(attempted(query.table())))
    }

    async fn fetch_rows(&mut self, query: &Query<'_>, rows: Box<dyn Receive>) -> Result<Box<dyn Receive>> {
        let mut arena = self.buffer();
        let read = Read::encode(query, &mut arena)?;
        if read.is_empty() {
            return Ok(rows);
        }
        self.count(1);
        if rows.is_costly() && !self.is_inline() {
            return self.fetch_held(read, arena, rows).await;
        }
        self.call(arena, move |session, state, arena| {
            let mut rows = rows;
            read.run(session, state, arena, &mut |_, cells| rows.row(cells))?.map(|()| rows)
        })
        .await
    }
}
