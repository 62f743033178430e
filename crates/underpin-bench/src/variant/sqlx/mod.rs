//! sqlx: its own SQL text, `FromRow`, its pool; on PostgreSQL and on SQLite.

mod bulk_insert;
mod bulk_unnest;
mod catalogue_search;
mod load_rows;
mod mixed_flush;
mod mixed_flush_unnest;
mod point_get;
mod pool;
mod rows;
mod sqlite;
mod stream_rows;
mod unit_of_work_many;
mod unit_of_work_one;
mod unit_of_work_unnest;

use super::roster::Roster;
use crate::stage::Database;
use crate::workload::{
    BulkInsert, BulkInsertBare, CatalogueSearch, LoadRows, MixedFlush, PointGet, Pool, StreamRows,
    UnitOfWorkMany, UnitOfWorkOne,
};

/// Enters sqlx.
pub(crate) fn enlist(roster: &mut Roster) {
    roster
        .desk("sqlx", Database::Postgres)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<CatalogueSearch, catalogue_search::Built>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Transactions>()
        .enter::<UnitOfWorkMany, unit_of_work_many::PushValues>()
        .enter::<UnitOfWorkMany, unit_of_work_unnest::Unnest>()
        .enter::<MixedFlush, mixed_flush::PushValues>()
        .enter::<MixedFlush, mixed_flush_unnest::Unnest>()
        .enter::<BulkInsert, bulk_insert::PushValues>()
        .enter::<BulkInsert, bulk_unnest::Unnest>()
        .enter::<BulkInsertBare, bulk_insert::PushValues>()
        .enter::<BulkInsertBare, bulk_unnest::Unnest>()
        .enter::<Pool, pool::Tasks<true>>()
        .enter::<Pool, pool::Tasks<false>>()
        .enter::<StreamRows, stream_rows::Stream>();
    sqlite::enlist(roster);
}
