//! The list of everyone who takes part, by workload.

use super::contender::{Contender, Entry};
use crate::stage::Database;
use crate::workload::{
    BulkInsert, BulkInsertBare, CatalogueSearch, ImportCsv, KeysetPage, LoadAggregates, LoadRows, MixedFlush,
    PointGet, Pool, ReadTokens, SaveAggregate, StreamRows, UnitOfWorkMany, UnitOfWorkOne, UpdateByQuery,
    Workload, WriteTokens,
};

/// One list per workload; in each the raw driver comes first, since the others are compared with it.
#[derive(Default)]
pub(crate) struct Roster {
    pub(crate) point_get: Vec<Entry<PointGet>>,
    pub(crate) load_rows: Vec<Entry<LoadRows>>,
    pub(crate) catalogue_search: Vec<Entry<CatalogueSearch>>,
    pub(crate) keyset_page: Vec<Entry<KeysetPage>>,
    pub(crate) load_aggregates: Vec<Entry<LoadAggregates>>,
    pub(crate) save_aggregate: Vec<Entry<SaveAggregate>>,
    pub(crate) unit_of_work_one: Vec<Entry<UnitOfWorkOne>>,
    pub(crate) unit_of_work_many: Vec<Entry<UnitOfWorkMany>>,
    pub(crate) mixed_flush: Vec<Entry<MixedFlush>>,
    pub(crate) bulk_insert: Vec<Entry<BulkInsert>>,
    pub(crate) bulk_insert_bare: Vec<Entry<BulkInsertBare>>,
    pub(crate) import_csv: Vec<Entry<ImportCsv>>,
    pub(crate) update_by_query: Vec<Entry<UpdateByQuery>>,
    pub(crate) pool: Vec<Entry<Pool>>,
    pub(crate) stream_rows: Vec<Entry<StreamRows>>,
    pub(crate) write_tokens: Vec<Entry<WriteTokens>>,
    pub(crate) read_tokens: Vec<Entry<ReadTokens>>,
}

/// Enters the contenders of one variant on one database.
pub(crate) struct Desk<'a> {
    roster: &'a mut Roster,
    variant: &'static str,
    database: Database,
}

impl Roster {
    /// Opens the desk for a variant, under the name that the table and `--variant` use.
    pub(crate) fn desk(&mut self, variant: &'static str, database: Database) -> Desk<'_> {
        Desk { roster: self, variant, database }
    }
}

impl Desk<'_> {
    /// Enters a contender for a workload.
    pub(crate) fn enter<W: Workload, C: Contender<W>>(self) -> Self {
        W::list(self.roster).push(Entry::of::<C>(self.variant, self.database));
        self
    }
}
