//! Diesel on SQLite: the tables, the rows and the contenders.

mod bulk_insert;
mod load_rows;
mod point_get;
mod rows;
mod stream_rows;
mod unit_of_work_many;
mod unit_of_work_one;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::failure::Result;
use crate::stage::{Database, Place, SQLITE_PRAGMAS};
use crate::variant::Roster;
use crate::workload::{
    BulkInsert, BulkInsertBare, LoadRows, PointGet, StreamRows, UnitOfWorkMany, UnitOfWorkOne,
};

/// Enters Diesel on SQLite.
pub(super) fn enlist(roster: &mut Roster) {
    roster
        .desk("diesel", Database::Sqlite)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Transactions>()
        .enter::<UnitOfWorkMany, unit_of_work_many::Transaction>()
        .enter::<BulkInsert, bulk_insert::Batches>()
        .enter::<BulkInsertBare, bulk_insert::Batches>()
        .enter::<StreamRows, stream_rows::Stream>();
}

fn connect(place: &Place) -> Result<SqliteConnection> {
    let mut connection = SqliteConnection::establish(&place.file.to_string_lossy())?;
    connection.batch_execute(SQLITE_PRAGMAS)?;
    Ok(connection)
}
