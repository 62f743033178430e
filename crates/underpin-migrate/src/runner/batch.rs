//! Runs a batch: a statement over a range of keys at a time, each range in a transaction with how far it has got.

use super::failure::{Failure, failed};
use super::patience::Patience;
use super::report::Event;
use super::session::Session;
use super::step::Run;
use crate::plan::Unit;
use crate::{Batch, Dialect, Result};

// Keys travel as literals that the database has quoted itself. `{after}` is the last one that is done.

const POSTGRES: &str = "
SELECT (array_agg(quote_literal(CAST(key AS text)) ORDER BY key))[1],
       (array_agg(quote_literal(CAST(key AS text)) ORDER BY key DESC))[1],
       CAST(count(*) AS text)
FROM (SELECT {key} AS key FROM {table} WHERE {where} ORDER BY {key} LIMIT {size}) AS part";

const SQLITE: &str = "
SELECT quote(min(key)), quote(max(key)), CAST(count(*) AS text)
FROM (SELECT {key} AS key FROM {table} WHERE {where} ORDER BY {key} LIMIT {size}) AS part";

/// The keys of one transaction, as literals.
struct Part {
    first: String,
    last: String,
    rows: u64,
}

impl Session<'_> {
    pub(super) async fn batch(&mut self, run: &Run<'_>, unit: &Unit<'_>, batch: &Batch) -> Result<()> {
        let (step, line) = (run.step, batch.statement().line());
        let mut after = run.cursor.clone();
        let mut rows = 0;
        loop {
            let mut patience = Patience::new(self.settings.retry_for);
            let part = loop {
                match self.try_part(run, unit, batch, after.as_deref()).await {
                    Ok(part) => break part,
                    Err(failure) => self.again(run, &mut patience, failure).await?,
                }
            };
            let Some(part) = part else {
                let (done, total) = (unit.end(), step.total());
                self.settings.tell(&Event::StatementDone { step, line, done, total });
                return Ok(());
            };
            rows += part.rows;
            self.settings.tell(&Event::BatchDone { step, line, rows });
            after = Some(part.last);
            if !batch.pause().is_zero() {
                tokio::time::sleep(batch.pause()).await;
            }
        }
    }

    /// Does the next part; none if there is none, which is written down as the end.
    async fn try_part(
        &mut self,
        run: &Run<'_>,
        unit: &Unit<'_>,
        batch: &Batch,
        after: Option<&str>,
    ) -> Result<Option<Part>, Failure> {
        self.begin(run.step).await?;
        let mut found = None;
        let done = match self.next_part(run, batch, after).await {
            Ok(Some(part)) => {
                let done = self.part(run, unit, batch, &part).await;
                found = Some(part);
                done
            }
            Ok(None) => {
                let end = self.after(run, unit);
                self.write(run.step, &end).await
            }
            Err(failure) => Err(failure),
        };
        self.end(run.step, done).await?;
        Ok(found)
    }

    async fn next_part(
        &mut self,
        run: &Run<'_>,
        batch: &Batch,
        after: Option<&str>,
    ) -> Result<Option<Part>, Failure> {
        let rows = self.target.query(&question(self.target.dialect(), batch, after)).await;
        let line = batch.statement().line();
        let rows =
            rows.map_err(|error| failed(self.target, run.step, line, "its keys could not be read", error))?;
        let mut cells = rows.into_iter().flatten();
        let (first, last) = (cells.next().flatten(), cells.next().flatten());
        let rows = cells.next().flatten().and_then(|count| count.parse().ok()).unwrap_or_default();
        Ok(first.zip(last).filter(|_| rows > 0).map(|(first, last)| Part { first, last, rows }))
    }

    async fn part(
        &mut self,
        run: &Run<'_>,
        unit: &Unit<'_>,
        batch: &Batch,
        part: &Part,
    ) -> Result<(), Failure> {
        let sql = batch.statement_for(part.first.trim(), part.last.trim());
        self.run(run.step, unit, &sql, batch.statement().line()).await?;
        let cursor = self.journal.sql.cursor(run.step, part.last.trim());
        self.write(run.step, &cursor).await
    }
}

fn question(dialect: Dialect, batch: &Batch, after: Option<&str>) -> String {
    let template = match dialect {
        Dialect::Postgres => POSTGRES,
        Dialect::Sqlite => SQLITE,
    };
    let condition = match after {
        Some(after) => format!("{} > {after}", batch.key()),
        None => format!("{} IS NOT NULL", batch.key()),
    };
    // What may contain braces of its own comes last.
    let sql = template.trim_start().replace("{size}", &batch.size().to_string());
    let sql = sql.replace("{table}", batch.table()).replace("{key}", batch.key());
    sql.replace("{where}", &condition)
}
