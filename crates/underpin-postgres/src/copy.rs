//! One COPY: opened, fed with rows in binary form that are written straight into the connection's buffer, and finished.

use std::borrow::Cow;

use bytes::BufMut;
use underpin_core::{ColumnSet, ColumnType, Dialect, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::{CellOf, Rows, Shape, TableStatements, Write, quote};
use underpin_wire::{Connection, Error as WireError, Prepared, Ticket, Type};

use crate::codec::encode_cell;
use crate::connection::PostgresConnection;
use crate::error;
use crate::statements::{Sql, check};

/// What a binary COPY begins with: a signature, no flags, no header extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// One column to load: position, declared type, type in the database.
type Target = (usize, ColumnType, Type);

/// A COPY under way.
pub(crate) struct Copying {
    ticket: Ticket,
    table: &'static TableDef,
    /// The columns of its rows.
    pub(crate) columns: ColumnSet,
    targets: Vec<Target>,
    /// The number of columns, as each row begins with it.
    fields: i16,
    /// How many bytes have been written.
    pub(crate) written: usize,
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
        let by_insert = Sql::Fixed(&insert.statement);
        let named = self.shared.options.prepared_statements;
        let known = self.session()?.statements.find(by_insert);
        if known.is_none() {
            self.shared.counters.round_trip();
        }
        let opening = Opening { text, begin, insert: by_insert.text(), named };
        let client = self.client()?;
        let (types, ticket) = match opening.send(client, known).await {
            Ok(opened) => opened,
            Err(error) => {
                give_up(client);
                return Err(error::of(&error));
            }
        };
        let mut targets = Vec::with_capacity(columns.len());
        for (position, pg) in columns.iter().zip(types.params()) {
            let Some(column) = table.columns.get(position) else { continue };
            if let Err(error) = check(table, column.name, column.ty, pg) {
                give_up(self.client()?);
                return Err(error);
            }
            targets.push((position, column.ty, pg.clone()));
        }
        self.shared.counters.statements(1);
        self.shared.counters.round_trip();
        if named {
            let limit = self.shared.options.statement_cache;
            self.session()?.statements.keep(by_insert, types, limit);
        }
        self.client()?.copy_buffer().put_slice(HEADER);
        Ok(Copying { ticket, table, columns, targets, fields, written: 0 })
    }

    /// Sends rows.
    pub(crate) async fn copy_rows(&mut self, copying: &mut Copying, rows: &dyn Rows) -> Result<()> {
        let client = self.client()?;
        let sent = send_rows(client, copying, rows).await;
        if sent.is_err() {
            give_up(client);
        }
        sent
    }

    /// Waits for what the server says of all rows.
    pub(crate) async fn finish_copy(&mut self, copying: Copying) -> Result<u64> {
        let client = self.client()?;
        client.copy_buffer().put_i16(-1);
        client.copy_done(copying.ticket).await.map_err(|error| error::of(&error))
    }
}

/// Gives a COPY up at once, because the server holds its locks while it waits for more.
fn give_up(client: &mut Connection) {
    client.give_up_copy();
    client.push();
}

async fn send_rows(client: &mut Connection, copying: &mut Copying, rows: &dyn Rows) -> Result<()> {
    for row in 0..rows.len() {
        let out = client.copy_buffer();
        let before = out.len();
        out.put_i16(copying.fields);
        for (position, ty, pg) in &copying.targets {
            encode_cell(*ty, pg, out, |out| rows.encode(row, CellOf::New(*position), out))
                .map_err(|why| error::unfit(copying.table, *position, why))?;
        }
        copying.written += out.len() - before;
        client.copy_send().await.map_err(|error| error::of(&error))?;
    }
    Ok(())
}

/// What has to be sent before the rows.
struct Opening<'a> {
    text: &'a str,
    begin: Option<Cow<'static, str>>,
    insert: &'a str,
    /// Whether the server may keep the insert.
    named: bool,
}

impl Opening<'_> {
    /// Waits until the server takes rows. Gives the insert, which tells the types, and the COPY.
    async fn send(
        self,
        client: &mut Connection,
        known: Option<Prepared>,
    ) -> Result<(Prepared, Ticket), WireError> {
        let mut begun = self.begin.map(|sql| client.simple(&sql)).transpose()?;
        let insert = match known {
            Some(known) => known,
            None => {
                let asked =
                    if self.named { client.prepare(self.insert) } else { client.describe(self.insert) }?;
                answered(client, begun.take()).await?;
                client.prepared(asked).await?
            }
        };
        let ticket = client.copy(self.text)?;
        answered(client, begun).await?;
        client.copy_in(&ticket).await?;
        Ok((insert, ticket))
    }
}

/// Waits until a transaction has begun, before any row is sent: what a COPY writes without it would stay.
async fn answered(client: &mut Connection, begun: Option<Ticket>) -> Result<(), WireError> {
    match begun {
        Some(begun) => client.done(begun).await.map(|_| ()),
        None => Ok(()),
    }
}

/// The COPY into some columns of a table.
pub(crate) fn copy_sql(table: &TableDef, columns: ColumnSet) -> String {
    let names: Vec<String> =
        columns.iter().filter_map(|position| table.columns.get(position)).map(|c| quote(c.name)).collect();
    let schema = table.schema.map(|schema| quote(schema) + ".").unwrap_or_default();
    format!("COPY {schema}{} ({}) FROM STDIN (FORMAT binary)", quote(table.name), names.join(", "))
}
