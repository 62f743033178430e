//! Statements of the caller's own: scripts as they stand, and single statements whose rows come back as text.

use std::pin::pin;

use futures_util::TryStreamExt;
use tokio_postgres::{Client, Row, RowStream};
use underpin_core::{Error, ErrorKind, Result};
use underpin_sql::driver::{Description, Observed};

use crate::codec::{Bind, PgCells, cell_text, column_type_of};
use crate::connection::PostgresConnection;
use crate::error;
use crate::pipeline::Sent;
use crate::statements::{Handle, Sql};
use crate::transaction::begin_sql;

impl PostgresConnection {
    /// Runs a script.
    pub(crate) async fn run_script(&mut self, sql: &str) -> Result<()> {
        let begin = self.flow.take_begin().map(begin_sql);
        self.shared.counters.statements(1);
        self.shared.counters.round_trip();
        let observed = Observed::start(self.shared.options.slow_statement);
        let client = &self.session()?.client;
        let begun = begin.as_deref().map(|sql| Sent::now(client.batch_execute(sql)));
        let ran = client.batch_execute(sql).await.map_err(|error| error::of_script(&error, sql));
        let begun = match begun {
            Some(begun) => begun.answer().await.map_err(|error| error::of(&error).context("begin")),
            None => Ok(()),
        };
        let result = begun.and(ran);
        // Its text is not told: a script has its values in it.
        observed.finish(&self.shared.counters, &result, || Description::one("SCRIPT", "", ""));
        result
    }

    /// Runs one statement and gives its rows as text.
    pub(crate) async fn fetch_texts(
        &mut self,
        sql: &str,
        params: &[Option<&str>],
    ) -> Result<Vec<Vec<Option<String>>>> {
        let observed = Observed::start(self.shared.options.slow_statement);
        let result = self.texts_of(sql, params).await;
        observed.finish(&self.shared.counters, &result, || Description::one("TEXTS", "", sql));
        result
    }

    async fn texts_of(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Vec<Option<String>>>> {
        let handle = self.dynamic(sql).await?;
        let begin = self.flow.take_begin().map(begin_sql);
        self.shared.counters.statements(1);
        self.shared.counters.round_trip();
        let opened = open(&self.session()?.client, &handle, begin.as_deref(), params).await;
        let mut rows = match opened {
            Ok(rows) => pin!(rows),
            Err(error) if error::is_outdated(&error) => {
                self.session_mut()?.statements.forget(Sql::Dynamic(sql));
                return Err(error::outdated(&error));
            }
            Err(error) => return Err(error::of_script(&error, sql)),
        };
        let mut texts = Vec::new();
        let mut unfit = None;
        while let Some(row) = rows.try_next().await.map_err(|error| error::of_script(&error, sql))? {
            match texts_of_row(&row) {
                Ok(row) => texts.push(row),
                Err(error) => unfit = unfit.or(Some(error)),
            }
        }
        unfit.map_or(Ok(texts), Err)
    }

    async fn dynamic<'s>(&mut self, sql: &'s str) -> Result<Handle<'s>> {
        if !self.shared.options.prepared_statements {
            return Ok(Handle::Unnamed(sql));
        }
        if let Some(prepared) = self.session_mut()?.statements.find(Sql::Dynamic(sql)) {
            return Ok(Handle::Named(prepared));
        }
        self.shared.counters.round_trip();
        let prepared = self.session()?.client.prepare(sql).await.map_err(|e| error::of_script(&e, sql))?;
        let limit = self.shared.options.statement_cache;
        self.session_mut()?.statements.keep(Sql::Dynamic(sql), prepared.clone(), limit);
        Ok(Handle::Named(prepared))
    }
}

async fn open(
    client: &Client,
    handle: &Handle<'_>,
    begin: Option<&str>,
    params: &[Option<&str>],
) -> Result<RowStream, tokio_postgres::Error> {
    let begun = begin.map(|sql| Sent::now(client.batch_execute(sql)));
    let params: Vec<Bind<'_>> = params.iter().map(|param| Bind::text(*param)).collect();
    let rows = handle.query(client, &params).await;
    if let Some(begun) = begun {
        begun.answer().await?;
    }
    rows
}

fn texts_of_row(row: &Row) -> Result<Vec<Option<String>>> {
    let cells = PgCells(row);
    let text = |(position, column): (usize, &tokio_postgres::Column)| {
        let error = |what: String| {
            let kind = ErrorKind::Value { table: "?".into(), column: column.name().to_owned() };
            Error::new(kind, what)
        };
        let ty = column_type_of(column.type_()).ok_or_else(|| {
            error(format!("column {}: {} is not read as text", column.name(), column.type_().name()))
                .with_hint("cast it in the statement: `column::text`")
        })?;
        cell_text(&cells, position, ty).map_err(|why| error(format!("column {}: {why}", column.name())))
    };
    row.columns().iter().enumerate().map(text).collect()
}
