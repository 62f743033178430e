//! Loading many rows: one COPY after another, each over as many portions as it can carry; inserts where COPY would not do
//! the same.

use underpin_core::{ColumnSet, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Batch, Description, Observed, Step, TransactionOptions};
use underpin_sql::{KeyRows, RowSource, Rows, Write, WriteKind};

use crate::batch::Item;
use crate::connection::PostgresConnection;
use crate::copied::Part;
use crate::copy::{Copying, copy_sql};
use crate::error;
use crate::transaction::{Scope, begin_sql, execute, ping};

const COMMIT: &str = "COMMIT";
const ROLLBACK: &str = "ROLLBACK";

/// How many bytes one COPY carries. The server says what is wrong with them only at the end of it.
const MOST: usize = 256 * 1024 * 1024;

impl PostgresConnection {
    /// Loads all rows, or none of them.
    pub(crate) async fn load_rows(
        &mut self,
        table: &'static TableDef,
        rows: &mut dyn RowSource,
    ) -> Result<u64> {
        let own = !self.flow.in_transaction();
        if own {
            self.flow.begin(TransactionOptions::new());
        }
        let observed = Observed::start(self.shared.options.slow_statement);
        let mut last = (ColumnSet::EMPTY, String::new());
        let mut result = self.copy(table, rows, &mut last).await;
        let (columns, text) = last;
        if result.is_err() && !text.is_empty() {
            // The same statement, whatever the rows are.
            let none = KeyRows::<i64>::new(table, &[]);
            self.forget_copy(&insert(table, columns, &none));
        }
        if !text.is_empty() {
            self.answered().await;
        }
        if own && self.flow.open_on_server() {
            if let Ok(count) = result {
                self.shared.counters.round_trip();
                let committed = execute(self.client()?, COMMIT).await;
                result = committed.map(|()| count).map_err(|error| error::of(&error));
            } else {
                self.queue(ROLLBACK);
            }
        }
        if own {
            self.flow.closed();
        }
        observed.finish(&self.shared.counters, &result, || Description::one("COPY", table.name, &text));
        result.map_err(|error| error.context(format!("load into {}", table.name)))
    }

    /// Sends all portions, as one COPY for as long as they have the same columns. `last` becomes the columns and the
    /// text of the last one.
    async fn copy(
        &mut self,
        table: &'static TableDef,
        source: &mut dyn RowSource,
        last: &mut (ColumnSet, String),
    ) -> Result<u64> {
        let mut count = 0;
        let mut open: Option<Copying> = None;
        while let Some((columns, rows)) = source.portion() {
            if rows.is_empty() {
                continue;
            }
            if let Some(done) = open.take_if(|copying| copying.columns != columns || copying.written >= MOST)
            {
                count += self.finish_copy(done).await?;
            }
            let copying = match &mut open {
                Some(copying) => copying,
                None => {
                    let insert = insert(table, columns, rows);
                    if !columns.is_empty() && !self.fit_for_copy(&insert).await?.plain {
                        count += self.insert_portion(insert).await?;
                        continue;
                    }
                    *last = (columns, copy_sql(table, columns));
                    let begin = self.flow.take_begin().map(begin_sql);
                    open.insert(self.open_copy(&insert, &last.1, begin).await?)
                }
            };
            self.copy_rows(copying, rows).await?;
        }
        match open {
            Some(done) => Ok(count + self.finish_copy(done).await?),
            None => Ok(count),
        }
    }

    /// Behind a pooler, waits until all is answered that travelled with a COPY. PgBouncer counts the answers that are to
    /// come, and forgets the count when a COPY ends: it would give the server to another client while what was sent
    /// next is under way, and this one would wait for ever (seen with 1.18).
    async fn answered(&mut self) {
        if self.shared.options.prepared_statements {
            return;
        }
        self.shared.counters.round_trip();
        if let Ok(client) = self.client() {
            // A connection that is lost here is so for the next request, which tells.
            let _ = ping(client).await;
        }
    }

    /// Inserts a portion, for a table that COPY does not fill as an insert does.
    async fn insert_portion(&mut self, insert: Write<'_>) -> Result<u64> {
        let count = insert.rows.len() as u64;
        let steps = [Step::Write(insert)];
        let batch = Batch { steps: &steps, commit: false };
        let (items, writes) = Item::all(&batch)?;
        let scope = Scope { begin: self.flow.take_begin(), commit: false, own: false };
        let inserted = self.attempt(&[Part::Pipelined(items)], scope, writes).await;
        inserted.map(|_| count).map_err(|failure| failure.error)
    }
}

fn insert<'a>(table: &'static TableDef, columns: ColumnSet, rows: &'a dyn Rows) -> Write<'a> {
    Write { table, kind: WriteKind::Insert, columns, returning: ColumnSet::EMPTY, versioned: false, rows }
}
