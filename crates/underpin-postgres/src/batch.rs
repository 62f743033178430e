//! What a batch is sent as: one request for each group of rows, or for each row where there is no column to carry many.

use std::sync::Arc;

use underpin_core::{Datum, Dialect, Error, ErrorKind, OwnedRow, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Batch, Description, Step};
use underpin_sql::{CellOf, ParamShape, Shape, TableStatements, Write, WriteKind, WriteStatement};
use underpin_wire::{Connection, Error as WireError, Group as Requests, Row, Ticket, Type};

use crate::codec::{Bind, PgCells};
use crate::connection::PostgresConnection;
use crate::copied::Part;
use crate::error;
use crate::statements::{Handle, Sql, check, check_columns};

/// One request of a batch.
pub(crate) enum Item<'a> {
    /// Writes rows.
    Write(Group<'a>),
    /// Sets, takes up or forgets a savepoint.
    Savepoint(String),
}

/// A write, or one row of it where its statement takes one row.
pub(crate) struct Group<'a> {
    /// The write.
    pub(crate) write: &'a Write<'a>,
    /// Its statement.
    pub(crate) statement: Arc<WriteStatement>,
    /// The row, if the statement takes one.
    row: usize,
    /// Which of the batch's writes it is.
    pub(crate) index: usize,
}

/// Why one request failed.
pub(crate) enum Refusal {
    /// The server, or the connection.
    Driver(WireError),
    /// What came back is not what was asked for.
    Ours(Error),
}

impl From<WireError> for Refusal {
    fn from(error: WireError) -> Self {
        Self::Driver(error)
    }
}

impl<'a> Item<'a> {
    /// The requests of a batch, and how many writes it has. A write without rows is no request.
    pub(crate) fn all(batch: &'a Batch<'a>) -> Result<(Vec<Self>, usize)> {
        let mut items = Vec::with_capacity(batch.steps.len());
        let mut writes = 0;
        for step in batch.steps {
            match step {
                Step::Write(write) => {
                    Group::push(write, writes, &mut items)?;
                    writes += 1;
                }
                Step::Savepoint(number) => items.push(Self::Savepoint(format!("SAVEPOINT u{number}"))),
                Step::RollbackTo(number) => {
                    items.push(Self::Savepoint(format!("ROLLBACK TO SAVEPOINT u{number}")))
                }
                Step::Release(number) => items.push(Self::Savepoint(format!("RELEASE SAVEPOINT u{number}"))),
                _ => {
                    return Err(Error::usage(
                        "PostgreSQL does not know this kind of step",
                        "report this as a defect",
                    ));
                }
            }
        }
        Ok((items, writes))
    }

    /// The rows that it writes, if it does.
    pub(crate) fn group(&self) -> Option<&Group<'a>> {
        match self {
            Self::Write(group) => Some(group),
            Self::Savepoint(_) => None,
        }
    }

    /// What it attempts, for an error.
    pub(crate) fn attempted(&self) -> String {
        match self {
            Self::Write(group) => group.write.attempted(),
            Self::Savepoint(sql) => sql.to_lowercase(),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Write(group) => group.statement.statement.text(),
            Self::Savepoint(sql) => sql,
        }
    }

    /// Asks for it.
    pub(crate) fn ask(
        &self,
        requests: &mut Requests<'_>,
        handle: Option<&Handle<'_>>,
    ) -> Result<Ticket, WireError> {
        match (self, handle) {
            (Self::Write(group), Some(handle)) => {
                let params: Vec<Bind<'_>> = group.params().collect();
                handle.ask_in(requests, &params)
            }
            (item, _) => requests.command(item.text()),
        }
    }

    /// Takes what comes back.
    pub(crate) async fn answer(
        &self,
        client: &mut Connection,
        ticket: Ticket,
        handle: Option<&Handle<'_>>,
    ) -> Result<Vec<OwnedRow>, Refusal> {
        match (self, handle) {
            (Self::Write(group), Some(handle)) if !group.write.returning.is_empty() => {
                group.returned(client, ticket, handle).await
            }
            _ => {
                client.done(ticket).await?;
                Ok(Vec::new())
            }
        }
    }
}

impl<'a> Group<'a> {
    fn push(write: &'a Write<'a>, index: usize, items: &mut Vec<Item<'a>>) -> Result<()> {
        let rows = write.rows.len();
        if rows == 0 {
            return Ok(());
        }
        let no_column = write.kind == WriteKind::Insert && write.columns.is_empty();
        let shape = if rows == 1 || no_column { Shape::One } else { Shape::Many };
        let statement = TableStatements::of(write.table, Dialect::POSTGRES)?.write(write, shape);
        let requests = if shape == Shape::One { rows } else { 1 };
        items.extend(
            (0..requests)
                .map(|row| Item::Write(Self { write, statement: Arc::clone(&statement), row, index })),
        );
        Ok(())
    }

    /// Its parameters.
    pub(crate) fn params(&self) -> impl ExactSizeIterator<Item = Bind<'_>> {
        let (table, rows) = (self.write.table, self.write.rows);
        self.statement.params.iter().map(move |param| match self.statement.shape {
            Shape::One => Bind::cell(table, rows, self.row, param.cell, param.ty),
            Shape::Many => Bind::column(table, rows, param),
        })
    }

    /// Takes the rows that come back.
    async fn returned(
        &self,
        client: &mut Connection,
        ticket: Ticket,
        handle: &Handle<'_>,
    ) -> Result<Vec<OwnedRow>, Refusal> {
        let expected = if self.statement.shape == Shape::One { 1 } else { self.write.rows.len() };
        let declared = self.statement.statement.columns();
        let table = self.write.table;
        let mut returned = Vec::with_capacity(expected);
        let mut rows = client.accepted(ticket, handle.prepared()).await?;
        // All rows are taken even if one is no good: the next answer stands behind them.
        let mut unfit = match handle {
            Handle::Named(_) => None,
            Handle::Unnamed(_) => check_columns(table, declared.iter().copied(), rows.columns()).err(),
        };
        while let Some(row) = client.next(&mut rows).await? {
            match self.owned(row) {
                Ok(row) => returned.push(row),
                Err(error) => unfit = unfit.or(Some(error)),
            }
        }
        match unfit {
            Some(error) => Err(Refusal::Ours(error)),
            None if returned.len() != expected => {
                Err(Refusal::Ours(missing(table, expected, returned.len())))
            }
            None => Ok(returned),
        }
    }

    fn owned(&self, row: Row<'_>) -> Result<OwnedRow> {
        let declared = self.statement.statement.columns();
        let cells = PgCells(row);
        let mut owned = Vec::with_capacity(declared.len());
        for (cell, (ty, position)) in declared.iter().zip(self.write.returning.iter()).enumerate() {
            let datum = Datum::read(&cells, cell, *ty);
            owned.push(datum.map_err(|why| error::unfit(self.write.table, position, why))?);
        }
        Ok(OwnedRow(owned))
    }
}

fn missing(table: &TableDef, expected: usize, returned: usize) -> Error {
    let kind = ErrorKind::Database { sqlstate: None };
    let what = format!("table {} gave back {returned} of {expected} rows", table.name);
    Error::new(kind, what).with_hint("a trigger or a rule of the table keeps rows out")
}

/// Compares one parameter with the column that it is for.
pub(crate) fn check_param(table: &TableDef, param: &ParamShape, pg: &Type) -> Result<()> {
    let (CellOf::New(position) | CellOf::Old(position)) = param.cell;
    let name = table.columns.get(position).map_or("?", |column| column.name);
    check(table, name, param.ty, pg)
}

/// What a batch was, for tracing.
pub(crate) fn describe<'a>(parts: &'a [Part<'_>]) -> Description<'a> {
    match parts {
        [Part::Copied(copied)] => return Description::one("COPY", copied.table.name, &copied.text),
        [Part::Pipelined(items)] => {
            if let [Item::Write(group)] = &items[..] {
                let (operation, text) = (group.write.kind.sql(), group.statement.statement.text());
                return Description::one(operation, group.write.table.name, text);
            }
        }
        _ => {}
    }
    let mut tables: Vec<&str> = Vec::new();
    let mut texts: Vec<&str> = Vec::new();
    for part in parts {
        match part {
            Part::Pipelined(items) => {
                tables.extend(items.iter().filter_map(Item::group).map(|group| group.write.table.name));
                texts.extend(items.iter().map(Item::text));
            }
            Part::Copied(copied) => {
                tables.push(copied.table.name);
                texts.push(&copied.text);
            }
        }
    }
    tables.dedup();
    Description::batch(tables.join(", "), texts.join("; "))
}

impl PostgresConnection {
    /// Prepares what is not prepared yet, all in one round trip.
    pub(crate) async fn prepare_missing(&mut self, items: &[Item<'_>]) -> Result<()> {
        if !self.shared.options.prepared_statements {
            return Ok(());
        }
        let mut missing: Vec<&Group<'_>> = Vec::new();
        for group in items.iter().filter_map(Item::group) {
            let statement = &group.statement.statement;
            let asked = missing.iter().any(|other| other.statement.statement.id() == statement.id());
            if !asked && self.session()?.statements.find(Sql::Fixed(statement)).is_none() {
                missing.push(group);
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        self.shared.counters.round_trip();
        let client = self.client()?;
        let mut asked = Vec::with_capacity(missing.len());
        for group in &missing {
            let preparing = client.prepare(group.statement.statement.text());
            asked.push(preparing.map_err(|error| error::of(&error).context(group.write.attempted()))?);
        }
        let mut described = Vec::with_capacity(asked.len());
        for preparing in asked {
            described.push(client.described(preparing).await);
        }
        let limit = self.shared.options.statement_cache;
        for (group, described) in missing.into_iter().zip(described) {
            let (table, statement) = (group.write.table, &group.statement);
            let prepared = match described {
                Ok(described) => self.client()?.resolve(described).await,
                Err(error) => Err(error),
            };
            let prepared = prepared.map_err(|error| error::of(&error).context(group.write.attempted()))?;
            check_columns(table, statement.statement.columns().iter().copied(), prepared.columns())?;
            if statement.shape == Shape::One {
                for (param, pg) in statement.params.iter().zip(prepared.params()) {
                    check_param(table, param, pg)?;
                }
            }
            self.session()?.statements.keep(Sql::Fixed(&statement.statement), prepared, limit);
        }
        Ok(())
    }

    /// The statement as it is sent.
    pub(crate) fn handle_of<'s>(&mut self, sql: Sql<'s>) -> Handle<'s> {
        let prepared = match self.session() {
            Ok(session) => session.statements.find(sql),
            Err(_) => None,
        };
        prepared.map_or(Handle::Unnamed(sql.text()), Handle::Named)
    }
}
