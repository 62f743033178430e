//! diesel-async on tokio-postgres: Diesel's query builder, and its deadpool.

mod bulk_insert;
mod catalogue_search;
mod load_rows;
mod mixed_flush;
mod point_get;
mod pool;
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

/// Enters diesel-async.
pub(crate) fn enlist(roster: &mut Roster) {
    roster
        .desk("diesel-async", Database::Postgres)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<CatalogueSearch, catalogue_search::Boxed>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Transactions>()
        .enter::<UnitOfWorkMany, unit_of_work_many::Sequential>()
        .enter::<UnitOfWorkMany, unit_of_work_many::Pipelined>()
        .enter::<MixedFlush, mixed_flush::Sequential>()
        .enter::<MixedFlush, mixed_flush::Pipelined>()
        .enter::<BulkInsert, bulk_insert::Batches>()
        .enter::<BulkInsertBare, bulk_insert::Batches>()
        .enter::<Pool, pool::Tasks>()
        .enter::<StreamRows, stream_rows::Stream>();
}
