//! Many rows of one table as one COPY: about half the work of the server, and less of ours.
//!
//! Inserts that give nothing back, and are many, go this way where it makes no difference: not past rules, which COPY
//! passes over, not past row security, to which it bows out, and not into columns of another type than the row's, which
//! an insert would cast. Triggers, checks and foreign keys it heeds as an insert does. It needs a round trip or two of its
//! own, which so many rows do not notice.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use underpin_core::{ColumnSet, Dialect, Result};
use underpin_schema::TableDef;
use underpin_sql::{Shape, TableStatements, Write, WriteKind};
use underpin_wire::{Connection, Error as WireError, Prepared};

use crate::batch::{Item, check_param};
use crate::codec::{Bind, Binds};
use crate::combined::qualified;
use crate::connection::PostgresConnection;
use crate::copy::copy_sql;
use crate::error;
use crate::fetch::counted;
use crate::statements::Sql;

/// Whether a table is one that COPY fills as an insert does.
const PLAIN: &str = "\
SELECT count(*)
FROM pg_catalog.pg_class c
WHERE c.oid = to_regclass($1::text) AND c.relkind IN ('r', 'p') AND NOT c.relhasrules AND NOT c.relrowsecurity";

/// From how many rows on.
const MANY: usize = 5_000;

/// A part of a batch. The parts are sent one after another, for nothing may be sent while a COPY waits for its rows.
pub(crate) enum Part<'a> {
    /// Requests that are sent together.
    Pipelined(Vec<Item<'a>>),
    /// Rows that are copied.
    Copied(Copied<'a>),
}

/// Inserts into the same columns of a table, one after another in their batch.
pub(crate) struct Copied<'a> {
    /// The table.
    pub(crate) table: &'static TableDef,
    /// The COPY.
    pub(crate) text: String,
    /// What is inserted.
    pub(crate) writes: Vec<&'a Write<'a>>,
}

/// The schema and the name of a table, and some of its columns.
type Columns = (Option<&'static str>, &'static str, ColumnSet);

/// What has been looked at, once for each pool.
#[derive(Default)]
pub(crate) struct Copyable(RwLock<HashMap<Columns, Fit>>);

/// How COPY stands to some columns of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    /// The table is one that COPY fills as an insert does.
    pub(crate) plain: bool,
    /// The columns are of the types of the rows. An insert casts what COPY takes as it comes.
    same_types: bool,
}

impl Copyable {
    fn read(&self) -> RwLockReadGuard<'_, HashMap<Columns, Fit>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<Columns, Fit>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Part<'_> {
    /// How many requests it is.
    pub(crate) fn requests(&self) -> usize {
        match self {
            Self::Pipelined(items) => items.len(),
            Self::Copied(_) => 1,
        }
    }
}

impl<'a> Copied<'a> {
    /// The writes of a run of inserts.
    fn of(run: impl Iterator<Item = Item<'a>>) -> Option<Self> {
        let writes: Vec<&Write<'a>> = run.filter_map(|item| item.group().map(|group| group.write)).collect();
        let first = writes.first()?;
        Some(Self { table: first.table, text: copy_sql(first.table, first.columns), writes })
    }

    /// What it attempts, for an error.
    pub(crate) fn attempted(&self) -> String {
        attempted(self.table)
    }
}

fn attempted(table: &TableDef) -> String {
    format!("insert into {}", table.name)
}

/// The rows of an insert that COPY could do.
fn copyable<'i>(item: &'i Item<'_>) -> Option<&'i Write<'i>> {
    let write = item.group()?.write;
    let plain = write.kind == WriteKind::Insert && write.returning.is_empty() && !write.columns.is_empty();
    plain.then_some(write)
}

fn same_columns(one: &Item<'_>, other: &Item<'_>) -> bool {
    match (copyable(one), copyable(other)) {
        (Some(one), Some(other)) => std::ptr::eq(one.table, other.table) && one.columns == other.columns,
        _ => false,
    }
}

fn rows(items: &[Item<'_>]) -> usize {
    items.iter().filter_map(copyable).map(|write| write.rows.len()).sum()
}

impl PostgresConnection {
    /// Takes the requests of a batch apart: what is copied, and what is sent together.
    pub(crate) async fn parts<'a>(&mut self, items: Vec<Item<'a>>) -> Result<Vec<Part<'a>>> {
        // A COPY needs its types from a statement that the server keeps.
        if rows(&items) < MANY || !self.shared.options.prepared_statements {
            return Ok(vec![Part::Pipelined(items)]);
        }
        let mut runs = Vec::new();
        for run in items.chunk_by(same_columns) {
            let copied = match run.first().and_then(copyable) {
                Some(write) if rows(run) >= MANY => {
                    let fit = self.fit_for_copy(write).await?;
                    fit.plain && fit.same_types
                }
                _ => false,
            };
            runs.push((run.len(), copied));
        }
        let mut parts = Vec::new();
        let mut together = Vec::new();
        let mut items = items.into_iter();
        for (length, copied) in runs {
            let run = items.by_ref().take(length);
            if !copied {
                together.extend(run);
                continue;
            }
            if !together.is_empty() {
                parts.push(Part::Pipelined(std::mem::take(&mut together)));
            }
            parts.extend(Copied::of(run).map(Part::Copied));
        }
        if !together.is_empty() {
            parts.push(Part::Pipelined(together));
        }
        Ok(parts)
    }

    /// Whether COPY fills these columns as an insert does; asked once for each pool.
    pub(crate) async fn fit_for_copy(&mut self, write: &Write<'_>) -> Result<Fit> {
        let key = (write.table.schema, write.table.name, write.columns);
        if let Some(known) = self.shared.copyable.read().get(&key) {
            return Ok(*known);
        }
        let insert = TableStatements::of(write.table, Dialect::POSTGRES)?.write(write, Shape::One);
        let name = qualified(write.table);
        self.shared.counters.round_trip();
        // Behind a pooler a name would be left on a server that is another's next; only what is loaded is copied there,
        // and that asks for its types in its own transaction.
        let named = self.shared.options.prepared_statements;
        let answered = look_at(self.client()?, &name, named.then(|| insert.statement.text())).await;
        let (plain, prepared) =
            answered.map_err(|error| error::of(&error).context(attempted(write.table)))?;
        let mut same_types = false;
        if let Some(prepared) = prepared {
            let same = |(param, pg)| check_param(write.table, param, pg).is_ok();
            same_types = insert.params.iter().zip(prepared.params()).all(same);
            let limit = self.shared.options.statement_cache;
            self.session()?.statements.keep(Sql::Fixed(&insert.statement), prepared, limit);
        }
        let fit = Fit { plain, same_types };
        self.shared.copyable.write().insert(key, fit);
        Ok(fit)
    }

    /// Copies all rows; `begin` travels before the first.
    pub(crate) async fn copy_all(
        &mut self,
        copied: &Copied<'_>,
        begin: Option<Cow<'static, str>>,
    ) -> Result<()> {
        let Some(first) = copied.writes.first() else { return Ok(()) };
        let mut copying = self.open_copy(first, &copied.text, begin).await?;
        for write in &copied.writes {
            self.copy_rows(&mut copying, write.rows).await?;
        }
        self.finish_copy(copying).await.map(|_| ())
    }

    /// Forgets what is known for a COPY, for what went wrong may be that it no longer fits its table.
    pub(crate) fn forget_copy(&mut self, insert: &Write<'_>) {
        let table = insert.table;
        let Ok(statements) = TableStatements::of(table, Dialect::POSTGRES) else { return };
        let prepared = statements.write(insert, Shape::One);
        self.shared.copyable.write().remove(&(table.schema, table.name, insert.columns));
        if let Ok(session) = self.session() {
            session.statements.forget(Sql::Fixed(&prepared.statement));
        }
    }
}

/// Asks whether a table is plain, and prepares an insert into it, if there is one.
async fn look_at(
    client: &mut Connection,
    table: &str,
    insert: Option<&str>,
) -> Result<(bool, Option<Prepared>), WireError> {
    let asked = client.execute_unnamed(PLAIN, &Binds(&[Bind::text(Some(table))]))?;
    let preparing = insert.map(|text| client.prepare(text)).transpose()?;
    let plain = counted(client, asked).await? == Some(1);
    match preparing {
        Some(preparing) => Ok((plain, Some(client.prepared(preparing).await?))),
        None => Ok((plain, None)),
    }
}
