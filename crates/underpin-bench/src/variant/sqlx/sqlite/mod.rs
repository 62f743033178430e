//! sqlx on SQLite: each connection on a thread of its own, as the library does it.

mod bulk_insert;
mod load_rows;
mod point_get;
mod rows;
mod stream_rows;
mod unit_of_work_many;
mod unit_of_work_one;

use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};

use crate::failure::Result;
use crate::stage::{Database, Place};
use crate::variant::Roster;
use crate::workload::{
    BulkInsert, BulkInsertBare, LoadRows, PointGet, StreamRows, UnitOfWorkMany, UnitOfWorkOne,
};

/// Enters sqlx on SQLite.
pub(super) fn enlist(roster: &mut Roster) {
    roster
        .desk("sqlx", Database::Sqlite)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Transactions>()
        .enter::<UnitOfWorkMany, unit_of_work_many::PushValues>()
        .enter::<BulkInsert, bulk_insert::PushValues>()
        .enter::<BulkInsertBare, bulk_insert::PushValues>()
        .enter::<StreamRows, stream_rows::Stream>();
}

async fn connect(place: &Place) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(&place.file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5));
    Ok(SqliteConnection::connect_with(&options).await?)
}
