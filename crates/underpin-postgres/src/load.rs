//! Loading many rows: one COPY after another, each over as many portions as it can carry.

use underpin_core::Result;
use underpin_schema::TableDef;
use underpin_sql::RowSource;
use underpin_sql::driver::TransactionOptions;

use crate::connection::PostgresConnection;
use crate::copy::{Copying, copy_sql};
use crate::error;
use crate::trace::{Description, Observed};
use crate::transaction::begin_sql;

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
        let mut text = String::new();
        let mut result = self.copy(table, rows, &mut text).await;
        if own && self.flow.open_on_server() {
            if let Ok(count) = result {
                self.shared.counters.round_trip();
                let committed = self.session()?.client.batch_execute(COMMIT).await;
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

    /// Sends all portions, as one COPY for as long as they have the same columns. `text` becomes that of the last one.
    async fn copy(
        &mut self,
        table: &'static TableDef,
        source: &mut dyn RowSource,
        text: &mut String,
    ) -> Result<u64> {
        let mut count = 0;
        let mut open: Option<Copying> = None;
        while let Some((columns, rows)) = source.portion() {
            if rows.is_empty() {
                continue;
            }
            if let Some(done) = open.take_if(|copying| copying.columns != columns || copying.sent >= MOST) {
                count += done.finish().await?;
            }
            let copying = match &mut open {
                Some(copying) => copying,
                None => {
                    *text = copy_sql(table, columns);
                    let begin = self.flow.take_begin().map(begin_sql);
                    open.insert(self.open_copy(table, columns, rows, text, begin).await?)
                }
            };
            copying.send(rows).await?;
        }
        match open {
            Some(done) => Ok(count + done.finish().await?),
            None => Ok(count),
        }
    }
}
