//! Writing: a batch is one message sequence and one round trip, but for what is so much that it travels as a COPY.

use std::borrow::Cow;

use underpin_core::{OwnedRow, Result};
use underpin_sql::driver::{Batch, Observed, TransactionOptions};
use underpin_wire::{Connection, Error as WireError, Ticket};

use crate::batch::{Item, Refusal, describe};
use crate::connection::PostgresConnection;
use crate::copied::{Copied, Part};
use crate::error;
use crate::statements::{Handle, Sql};
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
        let parts = self.parts(items).await?;
        let mut attempted = self.attempt(&parts, scope, writes).await;
        if let Err(failure) = &attempted
            && failure.outdated
            && scope.begin.is_some()
        {
            // The whole transaction is in this batch and nothing of it has remained, so it may start afresh.
            if !failure.ended {
                self.queue(ROLLBACK);
            }
            attempted = self.attempt(&parts, scope, writes).await;
        }
        let result = self.settle(attempted, scope);
        observed.finish(&self.shared.counters, &result, || describe(&parts));
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
                } else if failure.ended || scope.commit {
                    // Nobody wants to go on with it.
                    if !failure.ended {
                        self.queue(ROLLBACK);
                    }
                    self.flow.ended_by_failure();
                } else {
                    self.flow.opened();
                }
                Err(failure.error)
            }
        }
    }

    /// Sends the parts one after another, with what stands around them all.
    pub(crate) async fn attempt(
        &mut self,
        parts: &[Part<'_>],
        scope: Scope,
        writes: usize,
    ) -> Result<Vec<Vec<OwnedRow>>, Failure> {
        // Without BEGIN the server makes a transaction of one statement by itself.
        let simple = scope.commit && scope.begin == Some(TransactionOptions::new());
        let mut rows = vec![Vec::new(); writes];
        if simple
            && let [Part::Pipelined(items)] = parts
            && let Some(combined) = self.combination(items).await
            && self.run_combined(&combined, items).await?
        {
            return Ok(rows);
        }
        let alone = simple && matches!(parts, [part] if part.requests() == 1);
        let mut begin = if alone { None } else { scope.begin.map(begin_sql) };
        let commit = scope.commit && !alone;
        for (index, part) in parts.iter().enumerate() {
            let first = index == 0 && scope.begin.is_some();
            match part {
                Part::Pipelined(items) => {
                    let commit = commit && index + 1 == parts.len();
                    let frame = Frame { begin: begin.take(), commit, first };
                    self.pipeline(items, frame, &mut rows).await?;
                }
                Part::Copied(copied) => self.run_copied(copied, begin.take(), alone).await?,
            }
        }
        if commit && matches!(parts.last(), Some(Part::Copied(_)) | None) {
            let frame = Frame { begin: None, commit, first: false };
            self.pipeline(&[], frame, &mut rows).await?;
        }
        Ok(rows)
    }

    /// Sends everything, then looks at every answer.
    async fn pipeline(
        &mut self,
        items: &[Item<'_>],
        frame: Frame,
        rows: &mut [Vec<OwnedRow>],
    ) -> Result<(), Failure> {
        let prepared = self.prepare_missing(items).await;
        // A statement that cannot be prepared aborts an open transaction; one that has not begun is not there.
        prepared.map_err(|error| Failure { error, outdated: false, ended: frame.first })?;

        let mut handles = Vec::with_capacity(items.len());
        for item in items {
            handles.push(item.group().map(|group| self.handle_of(Sql::Fixed(&group.statement.statement))));
        }
        self.shared.counters.statements(items.iter().filter_map(Item::group).count());
        self.shared.counters.round_trip();
        let answered = match self.session() {
            Ok(session) => exchange(&mut session.client, items, &handles, &frame, rows).await,
            Err(error) => return Err(Failure { error, outdated: false, ended: true }),
        };
        answered.map_err(|refused| {
            self.explain(refused.why, refused.attempted, refused.item, items, refused.ended)
        })
    }

    /// Sends a COPY and waits for what the server says of it.
    async fn run_copied(
        &mut self,
        copied: &Copied<'_>,
        begin: Option<Cow<'static, str>>,
        alone: bool,
    ) -> Result<(), Failure> {
        self.copy_all(copied, begin).await.map_err(|error| {
            if let Some(write) = copied.writes.first() {
                self.forget_copy(write);
            }
            Failure { error: error.context(copied.attempted()), outdated: false, ended: alone }
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
        if outdated && let Ok(session) = self.session() {
            for group in items.iter().filter_map(Item::group) {
                session.statements.forget(Sql::Fixed(&group.statement.statement));
            }
        }
        let ours = if outdated { error::outdated(&error) } else { error::of(&error) };
        Failure { error: ours.context(attempted), outdated, ended }
    }
}

/// What stands around some requests of a batch.
struct Frame {
    begin: Option<Cow<'static, str>>,
    commit: bool,
    /// Nothing of the transaction has been sent before them.
    first: bool,
}

/// The first refusal of a batch.
struct Refused<'i> {
    why: Refusal,
    attempted: String,
    item: Option<&'i Item<'i>>,
    /// The server is out of the transaction.
    ended: bool,
}

/// Sends everything as one group, then looks at the answers. Behind the first refusal nothing is executed, COMMIT neither,
/// and behind a BEGIN that fails nothing at all.
async fn exchange<'i>(
    client: &mut Connection,
    items: &'i [Item<'i>],
    handles: &[Option<Handle<'_>>],
    frame: &Frame,
    rows: &mut [Vec<OwnedRow>],
) -> Result<(), Refused<'i>> {
    let of = |error: WireError, attempted: String| {
        let why = error.into();
        Refused { why, attempted, item: None, ended: true }
    };
    let mut requests = client.group().map_err(|error| of(error, "begin".to_owned()))?;
    let begun = frame.begin.as_deref().map(|sql| requests.command(sql));
    let mut asked = Vec::with_capacity(items.len());
    let mut complete = true;
    for (item, handle) in items.iter().zip(handles) {
        let request = item.ask(&mut requests, handle.as_ref());
        // A value that does not fit is noticed before anything of its request is sent.
        complete = request.is_ok();
        asked.push(request);
        if !complete {
            break;
        }
        if item.group().is_some_and(|group| group.write.rows.len() >= LARGE) {
            requests.push();
        }
    }
    let ending = (complete && frame.commit).then(|| requests.command(COMMIT));
    let end = requests.end();

    let answered = async {
        if let Some(begun) = begun {
            done(client, begun).await.map_err(|error| of(error, "begin".to_owned()))?;
        }
        for ((item, handle), request) in items.iter().zip(handles).zip(asked) {
            let answered = match request {
                Ok(ticket) => item.answer(client, ticket, handle.as_ref()).await,
                Err(error) => Err(error.into()),
            };
            let mut returned = answered.map_err(|why| {
                let attempted = item.attempted();
                Refused { why, attempted, item: Some(item), ended: true }
            })?;
            if let Some(slot) = item.group().and_then(|group| rows.get_mut(group.index)) {
                slot.append(&mut returned);
            }
        }
        if let Some(ending) = ending {
            done(client, ending).await.map_err(|error| of(error, "commit".to_owned()))?;
        }
        Ok(())
    };
    let answered = answered.await;
    // A statement that is a transaction by itself is committed by the end of its group.
    let ended = client.done(end).await.map_err(|error| {
        let attempted = items.last().map_or_else(|| "commit".to_owned(), Item::attempted);
        Refused { why: error.into(), attempted, item: items.last(), ended: true }
    });
    answered.map_err(|refused| Refused { ended: !client.in_transaction(), ..refused })?;
    ended.map(|_| ())
}

/// Waits for the answer of what could be asked for.
async fn done(client: &mut Connection, asked: Result<Ticket, WireError>) -> Result<(), WireError> {
    client.done(asked?).await.map(|_| ())
}
