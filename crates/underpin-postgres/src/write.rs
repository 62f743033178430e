//! Writing: a batch is one message sequence and one round trip.

use std::borrow::Cow;

use tokio_postgres::Client;
use underpin_core::{OwnedRow, Result};
use underpin_sql::driver::{Batch, TransactionOptions};

use crate::batch::{Item, Refusal, describe};
use crate::connection::PostgresConnection;
use crate::error;
use crate::pipeline::Sent;
use crate::statements::{Handle, Sql};
use crate::trace::Observed;
use crate::transaction::{Scope, begin_sql};

const COMMIT: &str = "COMMIT";
const ROLLBACK: &str = "ROLLBACK";

/// A request of so many rows is worth being on its way while the next is written.
pub(crate) const LARGE: usize = 1_000;

/// Why a batch failed.
pub(crate) struct Failure {
    /// What failed.
    pub(crate) error: underpin_core::Error,
    /// A statement no longer fits its tables.
    pub(crate) outdated: bool,
    /// The server is not in the transaction.
    pub(crate) ended: bool,
}

impl PostgresConnection {
    /// Executes the steps of a batch, and commits after them if it says so. Outside a transaction a batch is a
    /// transaction of its own.
    pub(crate) async fn write_batch(&mut self, batch: &Batch<'_>) -> Result<Vec<Vec<OwnedRow>>> {
        let (items, writes) = Item::all(batch)?;
        let scope = self.flow.scope(batch.commit);
        if items.is_empty() && (scope.begin.is_some() || !scope.commit) {
            if scope.commit {
                self.flow.closed();
            }
            return Ok(vec![Vec::new(); writes]);
        }
        let observed = Observed::start(self.shared.options.slow_statement);
        let mut attempted = self.attempt(&items, scope, writes).await;
        if let Err(failure) = &attempted
            && failure.outdated
            && scope.begin.is_some()
        {
            // The whole transaction is in this batch and nothing of it has remained, so it may start afresh.
            if !failure.ended {
                self.queue(ROLLBACK);
            }
            attempted = self.attempt(&items, scope, writes).await;
        }
        let result = self.settle(attempted, scope);
        observed.finish(&result, || describe(&items));
        result
    }

    /// What state an attempt has left.
    fn settle<T>(&mut self, attempted: Result<T, Failure>, scope: Scope) -> Result<T> {
        match attempted {
            Ok(done) => {
                if scope.commit {
                    self.flow.closed();
                } else {
                    self.flow.opened();
                }
                Ok(done)
            }
            Err(failure) => {
                if scope.own {
                    if !failure.ended {
                        self.queue(ROLLBACK);
                    }
                    self.flow.closed();
                } else if failure.ended {
                    self.flow.ended_by_failure();
                } else {
                    self.flow.opened();
                }
                Err(failure.error)
            }
        }
    }

    /// Sends everything, then looks at every answer.
    async fn attempt(
        &mut self,
        items: &[Item<'_>],
        scope: Scope,
        writes: usize,
    ) -> Result<Vec<Vec<OwnedRow>>, Failure> {
        // Without BEGIN the server makes a transaction of one statement by itself.
        let simple = scope.commit && scope.begin == Some(TransactionOptions::new());
        if simple
            && let Some(combined) = self.combination(items).await
            && self.run_combined(&combined, items).await?
        {
            return Ok(vec![Vec::new(); writes]);
        }
        let prepared = self.prepare_missing(items).await;
        // A statement that cannot be prepared aborts an open transaction; one that has not begun is not there.
        prepared.map_err(|error| Failure { error, outdated: false, ended: scope.begin.is_some() })?;

        let mut handles = Vec::with_capacity(items.len());
        for item in items {
            handles.push(item.group().map(|group| self.handle_of(Sql::Fixed(&group.statement.statement))));
        }
        self.shared.counters.statements(items.iter().filter_map(Item::group).count());
        self.shared.counters.round_trip();
        let alone = simple && items.len() == 1;
        let frame = Frame {
            begin: if alone { None } else { scope.begin.map(begin_sql) },
            commit: scope.commit && !alone,
        };
        let answered = match self.session() {
            Ok(session) => exchange(&session.client, items, handles, &frame, writes).await,
            Err(error) => return Err(Failure { error, outdated: false, ended: true }),
        };
        answered.map_err(|refused| {
            self.explain(refused.why, refused.attempted, refused.item, items, alone || refused.committed)
        })
    }

    /// What a refusal means; statements that no longer fit are forgotten.
    pub(crate) fn explain(
        &mut self,
        refusal: Refusal,
        attempted: String,
        item: Option<&Item<'_>>,
        items: &[Item<'_>],
        ended: bool,
    ) -> Failure {
        let error = match refusal {
            Refusal::Ours(error) => {
                return Failure { error: error.context(attempted), outdated: false, ended };
            }
            Refusal::Driver(error) => error,
        };
        let stale = item
            .and_then(Item::group)
            .and_then(|group| error::stale(&error, group.write.table, group.write.rows));
        if let Some(stale) = stale {
            return Failure { error: stale.context(attempted), outdated: false, ended };
        }
        let outdated = error::is_outdated(&error);
        if outdated && let Ok(session) = self.session_mut() {
            for group in items.iter().filter_map(Item::group) {
                session.statements.forget(Sql::Fixed(&group.statement.statement));
            }
        }
        let ours = if outdated { error::outdated(&error) } else { error::of(&error) };
        Failure { error: ours.context(attempted), outdated, ended }
    }
}

/// What stands around the requests of a batch.
struct Frame {
    begin: Option<Cow<'static, str>>,
    commit: bool,
}

/// The first refusal of a batch.
struct Refused<'i> {
    why: Refusal,
    attempted: String,
    item: Option<&'i Item<'i>>,
    /// COMMIT was sent, so that the server is out of the transaction.
    committed: bool,
}

/// Sends everything, then looks at every answer. What follows the first refusal only says that the transaction is
/// aborted; COMMIT then rolls back and says nothing.
async fn exchange<'i>(
    client: &Client,
    items: &'i [Item<'i>],
    handles: Vec<Option<Handle<'_>>>,
    frame: &Frame,
    writes: usize,
) -> Result<Vec<Vec<OwnedRow>>, Refused<'i>> {
    let begun = frame.begin.as_deref().map(|sql| Sent::now(client.batch_execute(sql)));
    let mut sent = Vec::with_capacity(items.len());
    let mut complete = true;
    for (item, handle) in items.iter().zip(handles) {
        let request = Sent::now(item.run(client, handle));
        // A value that does not fit is noticed before anything of its request is sent.
        complete = !request.failed();
        sent.push(request);
        if !complete {
            break;
        }
        if item.group().is_some_and(|group| group.write.rows.len() >= LARGE) {
            // A turn for the connection's task, which may be of this very thread.
            tokio::task::yield_now().await;
        }
    }
    let ending = (complete && frame.commit).then(|| Sent::now(client.batch_execute(COMMIT)));
    let committed = ending.is_some();

    let mut first = None;
    let mut refuse = |why: Refusal, attempted: String, item: Option<&'i Item<'i>>| {
        first.get_or_insert(Refused { why, attempted, item, committed });
    };
    if let Some(begun) = begun
        && let Err(error) = begun.answer().await
    {
        refuse(error.into(), "begin".to_owned(), None);
    }
    let mut rows = vec![Vec::new(); writes];
    for (item, request) in items.iter().zip(sent) {
        match (request.answer().await, item.group()) {
            (Ok(mut returned), Some(group)) => {
                if let Some(slot) = rows.get_mut(group.index) {
                    slot.append(&mut returned);
                }
            }
            (Ok(_), None) => {}
            (Err(why), _) => refuse(why, item.attempted(), Some(item)),
        }
    }
    if let Some(ending) = ending
        && let Err(error) = ending.answer().await
    {
        refuse(error.into(), "commit".to_owned(), None);
    }
    first.map_or(Ok(rows), Err)
}
