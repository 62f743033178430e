//! Loading many rows: single inserts with one prepared statement, in one transaction, a portion at a time.

use underpin_core::{ColumnSet, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Description, Observed, TransactionOptions};
use underpin_sql::{RowSource, Write, WriteKind};

use crate::batch::Group;
use crate::codec::Arena;
use crate::connection::{Answer, SqliteConnection};
use crate::transaction::State;

/// Bytes of a portion: more than of a flush's, for each is waited for before the next is sent.
const PORTION: usize = 256 * 1024;

impl SqliteConnection {
    pub(crate) async fn run_load(
        &mut self,
        table: &'static TableDef,
        rows: &mut dyn RowSource,
    ) -> Result<u64> {
        self.check_usable()?;
        self.check_writable()?;
        let observed = Observed::start(self.slow());
        let own = !self.state.is_transaction();
        if own {
            self.state.begin(TransactionOptions::new());
        }
        let mut loaded = self.load_all(table, rows).await;
        if own && !self.in_flight {
            // Nobody else began this transaction, so it ends here, whatever came of it.
            let ended = if loaded.is_ok() { self.run_commit().await } else { self.run_rollback().await };
            loaded = loaded.and_then(|count| ended.map(|()| count));
            self.state = State::default();
        }
        self.observed(observed, &loaded, || Description::one("INSERT", table.name, ""));
        loaded.map_err(|error| error.context(format!("load into {}", table.name)))
    }

    async fn load_all(&mut self, table: &'static TableDef, rows: &mut dyn RowSource) -> Result<u64> {
        let mut count = 0;
        let mut spare = Arena::default();
        let mut sent = None;
        while let Some((columns, rows)) = rows.portion() {
            if count == 0 {
                self.count(1);
            }
            count += rows.len() as u64;
            let returning = ColumnSet::EMPTY;
            let write = Write { table, kind: WriteKind::Insert, columns, returning, versioned: false, rows };
            self.load_portion(&write, &mut spare, &mut sent).await?;
        }
        match sent {
            Some(answer) => self.finish(answer).await.map(|()| count),
            None => Ok(count),
        }
    }

    /// Sends the rows in pieces; each is encoded while SQLite inserts the one before, whose answer is in `sent`.
    async fn load_portion(
        &mut self,
        write: &Write<'_>,
        spare: &mut Arena,
        sent: &mut Option<Answer<()>>,
    ) -> Result<()> {
        let mut from = 0;
        while from < write.rows.len() {
            let encoded = Group::fill(write, from, PORTION, spare);
            if let Some(answer) = sent.take() {
                self.finish(answer).await?;
            }
            let group = encoded?;
            from = group.end();
            let arena = std::mem::replace(spare, self.buffer());
            *sent = Some(self.start(arena, move |session, state, arena| {
                state.enter(session)?;
                let done = state.check_writable().and_then(|()| group.execute(session, arena, &mut 0));
                if done.is_err() {
                    state.fail(session);
                }
                done.map(drop)
            })?);
        }
        Ok(())
    }
}
