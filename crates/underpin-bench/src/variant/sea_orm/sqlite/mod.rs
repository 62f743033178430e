//! SeaORM on SQLite: the entities of PostgreSQL, but for the cars, whose prices are hundredths.

mod bulk_insert;
mod car;
mod load_rows;
mod point_get;
mod stream_rows;
mod unit_of_work_many;
mod unit_of_work_one;

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database as Connector, DatabaseConnection};

use super::entity;
use crate::failure::Result;
use crate::stage::{Database, Place};
use crate::variant::Roster;
use crate::workload::{
    BulkInsert, BulkInsertBare, LoadRows, PointGet, StreamRows, UnitOfWorkMany, UnitOfWorkOne,
};

/// Enters SeaORM on SQLite.
pub(super) fn enlist(roster: &mut Roster) {
    roster
        .desk("sea-orm", Database::Sqlite)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Transactions>()
        .enter::<UnitOfWorkMany, unit_of_work_many::Transaction>()
        .enter::<BulkInsert, bulk_insert::InsertMany>()
        .enter::<BulkInsertBare, bulk_insert::InsertMany>()
        .enter::<StreamRows, stream_rows::Stream>();
}

async fn connect(place: &Place) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(format!("sqlite://{}", place.file.display()));
    options.max_connections(1).sqlx_logging(false).test_before_acquire(false).map_sqlx_sqlite_opts(
        |sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(5))
        },
    );
    Ok(Connector::connect(options).await?)
}
