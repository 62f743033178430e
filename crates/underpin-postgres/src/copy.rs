//! One COPY: opened, fed with rows in binary form that are written by hand into chunks, and finished.

use std::borrow::Cow;
use std::pin::Pin;

use bytes::{BufMut, Bytes, BytesMut};
use futures_util::SinkExt;
use tokio_postgres::types::Type;
use tokio_postgres::{CopyInSink, Statement as Prepared};
use underpin_core::{ColumnSet, ColumnType, Dialect, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::{CellOf, Rows, Shape, TableStatements, Write, quote};

use crate::codec::encode_cell;
use crate::connection::PostgresConnection;
use crate::error;
use crate::pipeline::Sent;
use crate::statements::{Sql, check};

/// What a binary COPY begins with: a signature, no flags, no header extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// How much is sent at a time.
const CHUNK: usize = 64 * 1024;

/// One column to load: position, declared type, type in the database.
type Target = (usize, ColumnType, Type);

/// A COPY under way. Dropping it makes the server give the whole COPY up.
pub(crate) struct Copying {
    sink: Pin<Box<CopyInSink<Bytes>>>,
    table: &'static TableDef,
    /// The columns of its rows.
    pub(crate) columns: ColumnSet,
    targets: Vec<Target>,
    /// The number of columns, as each row begins with it.
    fields: i16,
    chunk: BytesMut,
    /// How many bytes have been sent.
    pub(crate) sent: usize,
}

impl PostgresConnection {
    /// Starts a COPY; `begin` travels before it. COPY does not tell the types of its columns, an insert into the same
    /// ones does.
    pub(crate) async fn open_copy(
        &mut self,
        insert: &Write<'_>,
        text: &str,
        begin: Option<Cow<'static, str>>,
    ) -> Result<Copying> {
        let (table, columns) = (insert.table, insert.columns);
        let Some(fields) = i16::try_from(columns.len()).ok().filter(|fields| *fields > 0) else {
            return Err(Error::usage(
                format!("loading into {} without a column, or with more than COPY can carry", table.name),
                "insert the rows instead",
            ));
        };
        let insert = TableStatements::of(table, Dialect::POSTGRES)?.write(insert, Shape::One);
        let (by_insert, by_copy) = (Sql::Fixed(&insert.statement), Sql::Dynamic(text));
        let statements = &mut self.session_mut()?.statements;
        let known = (statements.find(by_insert), statements.find(by_copy));
        if known.0.is_none() || known.1.is_none() {
            self.shared.counters.round_trip();
        }

        let of = |error: tokio_postgres::Error| error::of(&error);
        let client = &self.session()?.client;
        let begun = match begin.as_deref() {
            Some(sql) => Sent::now(client.batch_execute(sql)),
            None => Sent::Done(Ok(())),
        };
        let prepare = |known: Option<Prepared>, text| match known {
            Some(prepared) => Sent::Done(Ok(prepared)),
            None => Sent::now(client.prepare(text)),
        };
        let (insert, copy) = (prepare(known.0, by_insert.text()), prepare(known.1, by_copy.text()));
        let (insert, copy) = (insert.answer().await.map_err(of)?, copy.answer().await.map_err(of)?);
        let mut targets = Vec::with_capacity(columns.len());
        for (position, pg) in columns.iter().zip(insert.params()) {
            let Some(column) = table.columns.get(position) else { continue };
            check(table, column.name, column.ty, pg)?;
            targets.push((position, column.ty, pg.clone()));
        }
        self.shared.counters.statements(1);
        self.shared.counters.round_trip();
        let sink = Sent::now(client.copy_in::<_, Bytes>(&copy));
        begun.answer().await.map_err(of)?;
        let sink = Box::pin(sink.answer().await.map_err(of)?);
        if self.shared.options.prepared_statements {
            let limit = self.shared.options.statement_cache;
            let statements = &mut self.session_mut()?.statements;
            statements.keep(by_insert, insert, limit);
            statements.keep(by_copy, copy, limit);
        }
        let mut chunk = empty_chunk();
        chunk.put_slice(HEADER);
        Ok(Copying { sink, table, columns, targets, fields, chunk, sent: 0 })
    }
}

impl Copying {
    /// Sends rows.
    pub(crate) async fn send(&mut self, rows: &dyn Rows) -> Result<()> {
        for row in 0..rows.len() {
            self.chunk.put_i16(self.fields);
            for (position, ty, pg) in &self.targets {
                encode_cell(*ty, pg, &mut self.chunk, |out| rows.encode(row, CellOf::New(*position), out))
                    .map_err(|why| error::unfit(self.table, *position, why))?;
            }
            if self.chunk.len() >= CHUNK {
                self.sent += self.chunk.len();
                let full = std::mem::replace(&mut self.chunk, empty_chunk());
                self.sink.feed(full.freeze()).await.map_err(|error| error::of(&error))?;
            }
        }
        Ok(())
    }

    /// Waits for what the server says of all rows.
    pub(crate) async fn finish(mut self) -> Result<u64> {
        self.chunk.put_i16(-1);
        self.sink.feed(self.chunk.freeze()).await.map_err(|error| error::of(&error))?;
        self.sink.as_mut().finish().await.map_err(|error| error::of(&error))
    }
}

fn empty_chunk() -> BytesMut {
    BytesMut::with_capacity(CHUNK + CHUNK / 8)
}

/// The COPY into some columns of a table.
pub(crate) fn copy_sql(table: &TableDef, columns: ColumnSet) -> String {
    let names: Vec<String> =
        columns.iter().filter_map(|position| table.columns.get(position)).map(|c| quote(c.name)).collect();
    let schema = table.schema.map(|schema| quote(schema) + ".").unwrap_or_default();
    format!("COPY {schema}{} ({}) FROM STDIN (FORMAT binary)", quote(table.name), names.join(", "))
}
