//! Reading: rows are decoded while they arrive.

use std::sync::Arc;

use underpin_core::{Cells, ColumnType, Dialect, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Description, Observed, Receive, TransactionOptions};
use underpin_sql::{
    CellOf, Lock, ParamShape, Query, ReadStatement, Rows, Sought, TableStatements, render_select,
};
use underpin_wire::{Connection, Error as WireError, Prepared, Row, Rows as Arriving, Ticket};

use crate::codec::{Bind, PgCells};
use crate::connection::PostgresConnection;
use crate::error;
use crate::statements::{Handle, Sql, check_result};
use crate::transaction::begin_sql;

const ROLLBACK: &str = "ROLLBACK";

/// A query as it is sent.
pub(crate) struct Request<'q> {
    text: Text,
    params: Vec<Bind<'q>>,
}

enum Text {
    Fixed(&'static ReadStatement),
    Shared(Arc<ReadStatement>),
    Dynamic(String),
}

impl<'q> Request<'q> {
    /// A statement of dynamic text.
    pub(crate) fn dynamic(text: String, params: Vec<Bind<'q>>) -> Self {
        Self { text: Text::Dynamic(text), params }
    }

    /// The statement.
    pub(crate) fn sql(&self) -> Sql<'_> {
        match &self.text {
            Text::Fixed(read) => Sql::Fixed(&read.statement),
            Text::Shared(read) => Sql::Fixed(&read.statement),
            Text::Dynamic(text) => Sql::Dynamic(text),
        }
    }

    /// What is sent for a query; nothing for a look-up of no key.
    pub(crate) fn of(query: &'q Query<'q>) -> Result<Option<Self>> {
        match *query {
            Query::Keys { keys, .. } if keys.is_empty() => Ok(None),
            Query::Keys { table, keys, lock } => Self::by_key(table, keys, lock).map(Some),
            Query::Referring { to, .. } if to.is_empty() => Ok(None),
            Query::Referring { table, columns, to } => {
                let sought = Sought::of(to.len());
                let read = TableStatements::of(table, Dialect::POSTGRES)?.referring(sought, columns);
                let params = bind(table, &read, to, sought);
                Ok(Some(Self { text: Text::Shared(read), params }))
            }
            Query::Select(select) => {
                let (text, bounds) = render_select(select, Dialect::POSTGRES)?;
                let params = bounds.iter().map(|bound| Bind::bound(query.table(), bound)).collect();
                Ok(Some(Self { text: Text::Dynamic(text), params }))
            }
            _ => Err(Error::usage("PostgreSQL does not know this kind of query", "report this as a defect")),
        }
    }

    fn by_key(table: &'static TableDef, keys: &'q dyn Rows, lock: Lock) -> Result<Self> {
        let statements = TableStatements::of(table, Dialect::POSTGRES)?;
        let sought = Sought::of(keys.len());
        let text = match (lock, sought) {
            (Lock::None, Sought::One) => Text::Fixed(statements.by_key()),
            _ => Text::Shared(statements.by_keys(sought, lock)),
        };
        let read = match &text {
            Text::Shared(read) => read,
            Text::Fixed(read) => *read,
            Text::Dynamic(_) => {
                return Err(Error::usage("a key has no dynamic text", "report this as a defect"));
            }
        };
        let params = bind(table, read, keys, sought);
        Ok(Self { text, params })
    }
}

/// The parameters of a look-up by the values of columns.
fn bind<'q>(
    table: &'static TableDef,
    read: &ReadStatement,
    values: &'q dyn Rows,
    sought: Sought,
) -> Vec<Bind<'q>> {
    let bind = |(column, ty): &(usize, ColumnType)| {
        let (cell, ty) = (CellOf::Old(*column), *ty);
        match sought {
            Sought::One => Bind::cell(table, values, 0, cell, ty),
            Sought::Few | Sought::Many => {
                Bind::column(table, values, &ParamShape { cell, ty, as_text: false })
            }
        }
    };
    read.params.iter().map(bind).collect()
}

impl PostgresConnection {
    /// Fetches all rows of a query.
    pub(crate) async fn fetch_rows(&mut self, query: &Query<'_>, into: &mut dyn Receive) -> Result<()> {
        let Some(request) = Request::of(query)? else { return Ok(()) };
        let table = query.table();
        let observed = Observed::start(self.shared.options.slow_statement);
        let result = self.receive(query, &request, into).await;
        observed.finish(&self.shared.counters, &result, || {
            Description::one("SELECT", table.name, request.sql().text())
        });
        result.map_err(|error| error.context(format!("select from {}", table.name)))
    }

    async fn receive(
        &mut self,
        query: &Query<'_>,
        request: &Request<'_>,
        into: &mut dyn Receive,
    ) -> Result<()> {
        let (mut rows, mut check) = self.open(Some(query), request).await?;
        let client = self.client()?;
        while let Some(row) = client.next(&mut rows).await.map_err(|error| error::of(&error))? {
            if let Err(error) = decode(query, row, &mut check, into) {
                self.flow.draining = true;
                return Err(error);
            }
        }
        Ok(())
    }

    /// Sends a statement and waits until the server has accepted it. BEGIN goes before it if it is due. Gives the rows,
    /// and whether their columns still have to be compared with what is expected; `None` expects no rows.
    pub(crate) async fn open(
        &mut self,
        query: Option<&Query<'_>>,
        request: &Request<'_>,
    ) -> Result<(Arriving, bool)> {
        let sql = request.sql();
        let mut first = true;
        loop {
            let handle = self.handle(query, sql).await?;
            let check = matches!(handle, Handle::Unnamed(_));
            let begin = self.flow.take_begin();
            self.shared.counters.statements(1);
            self.shared.counters.round_trip();
            let failure = match send(self.client()?, &handle, begin, &request.params).await {
                Ok(rows) => return Ok((rows, check)),
                Err(failure) => failure,
            };
            if !error::is_outdated(&failure) {
                return Err(error::of(&failure));
            }
            self.session()?.statements.forget(sql);
            match begin {
                // Nothing of the transaction but this request has been sent, so it may start afresh.
                Some(options) if first => {
                    self.queue(ROLLBACK);
                    self.flow.restart(options);
                }
                None if first && !self.flow.in_transaction() => {}
                _ => return Err(error::outdated(&failure)),
            }
            first = false;
        }
    }

    /// The statement as it is sent, prepared and compared with what is expected if it is not yet.
    async fn handle<'s>(&mut self, query: Option<&Query<'_>>, sql: Sql<'s>) -> Result<Handle<'s>> {
        if !self.shared.options.prepared_statements {
            return Ok(Handle::Unnamed(sql.text()));
        }
        if let Some(prepared) = self.session()?.statements.find(sql) {
            return Ok(Handle::Named(prepared));
        }
        self.shared.counters.round_trip();
        // Rare and large: in a box of its own it is no burden on each request.
        let prepared = Box::pin(prepare(self.client()?, sql.text())).await;
        let prepared = prepared.map_err(|error| error::of(&error))?;
        if let Some(query) = query {
            check_result(query, prepared.columns())?;
        }
        let limit = self.shared.options.statement_cache;
        self.session()?.statements.keep(sql, prepared.clone(), limit);
        Ok(Handle::Named(prepared))
    }
}

/// Prepares a statement.
pub(crate) async fn prepare(client: &mut Connection, sql: &str) -> Result<Prepared, WireError> {
    let preparing = client.prepare(sql)?;
    client.prepared(preparing).await
}

/// Sends a statement, behind what begins a transaction if that is due, and waits until the server has accepted it.
pub(crate) async fn send(
    client: &mut Connection,
    handle: &Handle<'_>,
    begin: Option<TransactionOptions>,
    params: &[Bind<'_>],
) -> Result<Arriving, WireError> {
    let Some(begin) = begin else {
        let asked = handle.ask(client, params)?;
        return client.accepted(asked, handle.prepared()).await;
    };
    let mut group = client.group()?;
    let begun = group.command(&begin_sql(begin))?;
    let asked = handle.ask_in(&mut group, params)?;
    drop(group);
    client.done(begun).await?;
    client.accepted(asked, handle.prepared()).await
}

/// Waits for the answer to a question for one number.
pub(crate) async fn counted(client: &mut Connection, ticket: Ticket) -> Result<Option<i64>, WireError> {
    let mut rows = client.accepted(ticket, None).await?;
    let mut found = None;
    while let Some(row) = client.next(&mut rows).await? {
        found = PgCells(row).i64(0).ok();
    }
    Ok(found)
}

/// Decodes one row.
pub(crate) fn decode(
    query: &Query<'_>,
    row: Row<'_>,
    check: &mut bool,
    into: &mut dyn Receive,
) -> Result<()> {
    if std::mem::take(check) {
        check_result(query, row.columns())?;
    }
    into.row(&PgCells(row))
}
