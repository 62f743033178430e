//! Loading many rows: COPY in binary form, written by hand into chunks.

use std::pin::pin;

use bytes::{BufMut, Bytes, BytesMut};
use futures_util::SinkExt;
use tokio_postgres::Client;
use tokio_postgres::types::Type;
use underpin_core::{ColumnSet, ColumnType, Dialect, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::{CellOf, Rows, Shape, TableStatements, Write, WriteKind, quote};

use crate::codec::encode_cell;
use crate::connection::PostgresConnection;
use crate::error;
use crate::statements::{Sql, check};
use crate::trace::{Description, Observed};
use crate::transaction::begin_sql;

const COMMIT: &str = "COMMIT";

/// What a binary COPY begins with: a signature, no flags, no header extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// How much is sent at a time.
const CHUNK: usize = 64 * 1024;

/// One column to load: position, declared type, type in the database.
type Target = (usize, ColumnType, Type);

impl PostgresConnection {
    /// Loads all rows, or none of them.
    pub(crate) async fn load_rows(
        &mut self,
        table: &'static TableDef,
        columns: ColumnSet,
        rows: &dyn Rows,
    ) -> Result<u64> {
        if rows.is_empty() {
            return Ok(0);
        }
        if columns.is_empty() {
            return Err(Error::usage(
                format!("loading into {} without a column", table.name),
                "insert the rows instead",
            ));
        }
        // Behind a pooler only a transaction keeps the statement and its use on one server.
        let own = !self.flow.in_transaction() && !self.shared.options.prepared_statements;
        if own {
            self.flow.begin(underpin_sql::driver::TransactionOptions::new());
        }
        let text = copy_sql(table, columns);
        let observed = Observed::start(self.shared.options.slow_statement);
        let mut result = self.copy(table, columns, rows, &text).await;
        if own && result.is_ok() {
            self.shared.counters.round_trip();
            let committed = self.session()?.client.batch_execute(COMMIT).await;
            result = result.and_then(|count| committed.map(|()| count).map_err(|error| error::of(&error)));
        }
        if own {
            if result.is_err() && self.flow.open_on_server() {
                self.queue("ROLLBACK");
            }
            self.flow.closed();
        }
        observed.finish(&result, || Description::one("COPY", table.name, &text));
        result.map_err(|error| error.context(format!("load into {}", table.name)))
    }

    async fn copy(
        &mut self,
        table: &'static TableDef,
        columns: ColumnSet,
        rows: &dyn Rows,
        text: &str,
    ) -> Result<u64> {
        let begin = self.flow.take_begin().map(begin_sql);
        let begun = match begin.as_deref() {
            Some(sql) => Some(self.session()?.client.batch_execute(sql).await),
            None => None,
        };
        if let Some(Err(error)) = begun {
            return Err(error::of(&error));
        }
        let targets = self.targets(table, columns, rows).await?;
        let copy = match self.session_mut()?.statements.find(Sql::Dynamic(text)) {
            Some(prepared) => prepared,
            None => {
                self.shared.counters.round_trip();
                let prepared = self.session()?.client.prepare(text).await.map_err(|e| error::of(&e))?;
                if self.shared.options.prepared_statements {
                    let limit = self.shared.options.statement_cache;
                    self.session_mut()?.statements.keep(Sql::Dynamic(text), prepared.clone(), limit);
                }
                prepared
            }
        };
        self.shared.counters.statements(1);
        self.shared.counters.round_trip();
        send(&self.session()?.client, &copy, table, &targets, rows).await
    }

    /// The types of the columns in the database; COPY does not tell them, an insert into the same columns does.
    async fn targets(
        &mut self,
        table: &'static TableDef,
        columns: ColumnSet,
        rows: &dyn Rows,
    ) -> Result<Vec<Target>> {
        let write = Write {
            table,
            kind: WriteKind::Insert,
            columns,
            returning: ColumnSet::EMPTY,
            versioned: false,
            rows,
        };
        let insert = TableStatements::of(table, Dialect::POSTGRES)?.write(&write, Shape::One);
        let sql = Sql::Fixed(&insert.statement);
        let known = self.session_mut()?.statements.find(sql);
        let prepared = match known {
            Some(prepared) => prepared,
            None => {
                self.shared.counters.round_trip();
                let prepared = self.session()?.client.prepare(sql.text()).await.map_err(|e| error::of(&e))?;
                if self.shared.options.prepared_statements {
                    self.session_mut()?.statements.keep(sql, prepared.clone(), 0);
                }
                prepared
            }
        };
        let mut targets = Vec::with_capacity(columns.len());
        for (position, pg) in columns.iter().zip(prepared.params()) {
            let Some(column) = table.columns.get(position) else { continue };
            check(table, column.name, column.ty, pg)?;
            targets.push((position, column.ty, pg.clone()));
        }
        Ok(targets)
    }
}

fn copy_sql(table: &TableDef, columns: ColumnSet) -> String {
    let names: Vec<String> =
        columns.iter().filter_map(|position| table.columns.get(position)).map(|c| quote(c.name)).collect();
    let schema = table.schema.map(|schema| quote(schema) + ".").unwrap_or_default();
    format!("COPY {schema}{} ({}) FROM STDIN (FORMAT binary)", quote(table.name), names.join(", "))
}

/// Sends the rows. If one does not fit, the sink is dropped, which makes the server give the whole COPY up.
async fn send(
    client: &Client,
    copy: &tokio_postgres::Statement,
    table: &TableDef,
    targets: &[Target],
    rows: &dyn Rows,
) -> Result<u64> {
    let of = |error: tokio_postgres::Error| error::of(&error);
    let sink = client.copy_in::<_, Bytes>(copy).await.map_err(of)?;
    let mut sink = pin!(sink);
    let fields = i16::try_from(targets.len())
        .map_err(|_| Error::usage("more columns than COPY can carry", "load fewer columns"))?;
    let mut chunk = BytesMut::with_capacity(CHUNK + CHUNK / 8);
    chunk.put_slice(HEADER);
    for row in 0..rows.len() {
        chunk.put_i16(fields);
        for (position, ty, pg) in targets {
            encode_cell(*ty, pg, &mut chunk, |out| rows.encode(row, CellOf::New(*position), out))
                .map_err(|why| error::unfit(table, *position, why))?;
        }
        if chunk.len() >= CHUNK {
            let full = std::mem::replace(&mut chunk, BytesMut::with_capacity(CHUNK + CHUNK / 8));
            sink.feed(full.freeze()).await.map_err(of)?;
        }
    }
    chunk.put_i16(-1);
    sink.feed(chunk.freeze()).await.map_err(of)?;
    sink.finish().await.map_err(of)
}
