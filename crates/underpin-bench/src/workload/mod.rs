//! What is measured: one file per workload that says what it does and how its result is checked.

mod bulk_insert;
mod catalogue_search;
mod import_csv;
mod keyset_page;
mod load_aggregates;
mod load_rows;
mod mixed_flush;
mod orders;
mod point_get;
mod pool;
mod save_aggregate;
mod stream_rows;
mod tokens;
mod unit_of_work_many;
mod unit_of_work_one;
mod update_by_query;

use std::future::Future;

pub(crate) use bulk_insert::{Bulk, BulkInsert, BulkInsertBare};
pub(crate) use catalogue_search::{BEFORE, CatalogueSearch, PAGE, Search};
pub(crate) use import_csv::{Cars, ImportCsv};
pub(crate) use keyset_page::{KeysetPage, LATE as LATE_PAGE, PAGE as PAGE_OF_CARS, Read as PageRead};
pub(crate) use load_aggregates::LoadAggregates;
pub(crate) use load_rows::LoadRows;
pub(crate) use mixed_flush::{Flush, MixedFlush};
pub(crate) use point_get::PointGet;
pub(crate) use pool::{CONNECTIONS, Pool};
pub(crate) use save_aggregate::{SaveAggregate, change};
pub(crate) use stream_rows::StreamRows;
pub(crate) use tokens::{ReadTokens, TOKENS, WriteTokens, token};
pub(crate) use unit_of_work_many::{Batch, UnitOfWorkMany};
pub(crate) use unit_of_work_one::UnitOfWorkOne;
pub(crate) use update_by_query::{UpdateByQuery, YEAR};

use crate::failure::Result;
use crate::stage::Store;
use crate::variant::{Entry, Roster};

/// Which runtime a workload runs on unless the command line says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runtime {
    /// One thread: for work on one connection, where a second thread only adds wake-ups.
    Current,
    /// Two worker threads, as `#[tokio::main]` gives on two cores.
    Multi,
}

/// How a variant reaches PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Network {
    /// As the database URL says.
    Direct,
    /// Through a proxy on the loopback that adds half a millisecond to each round trip.
    Slow,
}

/// One thing to measure.
pub(crate) trait Workload: Send + Sync + Sized + 'static {
    /// As the table and `--workload` name it.
    const NAME: &'static str;
    /// What the figures in the table are for one of.
    const UNIT: &'static str;
    /// How many of them one timed step does.
    const UNITS_PER_STEP: usize = 1;
    /// How many timed steps a variant does in one round.
    const STEPS: usize;
    /// How many rounds it runs for each that `--rounds` asks for: a quick one can afford more.
    const EACH_ROUND: usize = 3;
    /// The runtime.
    const RUNTIME: Runtime = Runtime::Current;
    /// The way to the server.
    const NETWORK: Network = Network::Direct;

    /// What a variant is given for one step.
    type Input: Send + Sync;
    /// What it must bring back.
    type Output: Send;

    /// The list of those who take part.
    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>>;

    /// Fills the tables before the first round.
    fn set_up(store: &mut Store) -> impl Future<Output = Result<()>> + Send;

    /// Brings the tables back to the same state before each round of each variant.
    fn reset(store: &mut Store) -> impl Future<Output = Result<()>> + Send {
        let _ = store;
        async { Ok(()) }
    }

    /// The input of the n-th step of a round; the same for every variant.
    fn input(step: usize) -> Self::Input;

    /// Fails unless the outputs of all steps, and what is in the tables after them, are right.
    fn check(store: &mut Store, outputs: Vec<Self::Output>) -> impl Future<Output = Result<()>> + Send;
}

/// Row counts are `i64` in SQL and `usize` here.
fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
