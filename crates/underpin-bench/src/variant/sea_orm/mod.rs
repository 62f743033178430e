//! SeaORM: entities and active models, on sqlx's pool without logging and without its ping at checkout.

mod bulk_insert;
mod catalogue_search;
mod entity;
mod load_rows;
mod mixed_flush;
mod point_get;
mod pool;
mod sqlite;
mod stream_rows;
mod unit_of_work_many;
mod unit_of_work_one;

use sea_orm::{ConnectOptions, Database as Connector, DatabaseConnection};

use super::roster::Roster;
use crate::failure::Result;
use crate::stage::Database;
use crate::workload::{
    BulkInsert, BulkInsertBare, CatalogueSearch, LoadRows, MixedFlush, PointGet, Pool, StreamRows,
    UnitOfWorkMany, UnitOfWorkOne,
};

/// Enters SeaORM.
pub(crate) fn enlist(roster: &mut Roster) {
    roster
        .desk("sea-orm", Database::Postgres)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<CatalogueSearch, catalogue_search::Find>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Transactions>()
        .enter::<UnitOfWorkMany, unit_of_work_many::Transaction>()
        .enter::<MixedFlush, mixed_flush::Transaction>()
        .enter::<BulkInsert, bulk_insert::InsertMany>()
        .enter::<BulkInsertBare, bulk_insert::InsertMany>()
        .enter::<Pool, pool::Tasks>()
        .enter::<StreamRows, stream_rows::Stream>();
    sqlite::enlist(roster);
}

async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false).test_before_acquire(false);
    Ok(Connector::connect(options).await?)
}
