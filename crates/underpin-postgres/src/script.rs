//! Statements of the caller's own: scripts as they stand, and single statements whose rows come back as text.

use std::borrow::Cow;

use underpin_core::{Error, ErrorKind, Result};
use underpin_sql::driver::{Description, Observed};
use underpin_wire::{Column, Connection, Row};

use crate::codec::{Bind, PgCells, cell_text, column_type_of};
use crate::connection::PostgresConnection;
use crate::error;
use crate::fetch::{prepare, send};
use crate::statements::{Handle, Sql};
use crate::transaction::{begin_sql, execute};

impl PostgresConnection {
    /// Runs a script.
    pub(crate) async fn run_script(&mut self, sql: &str) -> Result<()> {
        let begin = self.flow.take_begin().map(begin_sql);
        self.shared.counters.statements(1);
        if begin.is_some() {
            self.shared.counters.round_trip();
        }
        self.shared.counters.round_trip();
        let observed = Observed::start(self.shared.options.slow_statement);
        let result = run(self.client()?, begin, sql).await;
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
        let begin = self.flow.take_begin();
        self.shared.counters.statements(1);
        self.shared.counters.round_trip();
        let params: Vec<Bind<'_>> = params.iter().map(|param| Bind::text(*param)).collect();
        let mut rows = match send(self.client()?, &handle, begin, &params).await {
            Ok(rows) => rows,
            Err(error) if error::is_outdated(&error) => {
                self.session()?.statements.forget(Sql::Dynamic(sql));
                return Err(error::outdated(&error));
            }
            Err(error) => return Err(error::of_script(&error, sql)),
        };
        let mut texts = Vec::new();
        let mut unfit = None;
        let client = self.client()?;
        while let Some(row) = client.next(&mut rows).await.map_err(|error| error::of_script(&error, sql))? {
            match texts_of_row(row) {
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
        if let Some(prepared) = self.session()?.statements.find(Sql::Dynamic(sql)) {
            return Ok(Handle::Named(prepared));
        }
        self.shared.counters.round_trip();
        let prepared = prepare(self.client()?, sql).await.map_err(|error| error::of_script(&error, sql))?;
        let limit = self.shared.options.statement_cache;
        self.session()?.statements.keep(Sql::Dynamic(sql), prepared.clone(), limit);
        Ok(Handle::Named(prepared))
    }
}

/// Runs a script, in a transaction if that is to begin: not before it has begun.
async fn run(client: &mut Connection, begin: Option<Cow<'static, str>>, sql: &str) -> Result<()> {
    if let Some(begin) = begin {
        let begun = execute(client, &begin).await;
        begun.map_err(|error| error::of(&error).context("begin"))?;
    }
    execute(client, sql).await.map_err(|error| error::of_script(&error, sql))
}

fn texts_of_row(row: Row<'_>) -> Result<Vec<Option<String>>> {
    let cells = PgCells(row);
    let text = |(position, column): (usize, &Column)| {
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
