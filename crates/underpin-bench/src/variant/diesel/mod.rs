//! Diesel on libpq, and on SQLite: its query builder, its batch inserts, its r2d2 pool.

mod bulk_copy;
mod bulk_insert;
mod catalogue_search;
mod load_rows;
mod mixed_flush;
mod point_get;
mod pool;
mod sqlite;
mod stream_rows;
mod unit_of_work_many;
mod unit_of_work_one;

use super::diesel_rows;
use super::roster::Roster;
use crate::stage::Database;
use crate::workload::{
    BulkInsert, BulkInsertBare, CatalogueSearch, LoadRows, MixedFlush, PointGet, Pool, StreamRows,
    UnitOfWorkMany, UnitOfWorkOne,
};

/// Enters Diesel.
pub(crate) fn enlist(roster: &mut Roster) {
    roster
        .desk("diesel", Database::Postgres)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<CatalogueSearch, catalogue_search::Boxed>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Transactions>()
        .enter::<UnitOfWorkMany, unit_of_work_many::Transaction>()
        .enter::<MixedFlush, mixed_flush::Transaction>()
        .enter::<BulkInsert, bulk_insert::Batches>()
        .enter::<BulkInsert, bulk_copy::Copy>()
        .enter::<BulkInsertBare, bulk_insert::Batches>()
        .enter::<BulkInsertBare, bulk_copy::Copy>()
        .enter::<Pool, pool::Threads>()
        .enter::<StreamRows, stream_rows::Stream>();
    sqlite::enlist(roster);
}
