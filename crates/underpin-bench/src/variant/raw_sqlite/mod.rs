//! rusqlite by hand, at its best: cached statements on the calling thread, one transaction per unit of work.

mod bulk_insert;
mod keyset_page;
mod load_rows;
mod point_get;
mod statement;
mod stream_rows;
mod unit_of_work_many;
mod unit_of_work_one;

use super::roster::Roster;
use crate::stage::Database;
use crate::workload::{
    BulkInsert, BulkInsertBare, KeysetPage, LATE_PAGE, LoadRows, PointGet, StreamRows, UnitOfWorkMany,
    UnitOfWorkOne,
};

/// Enters rusqlite.
pub(crate) fn enlist(roster: &mut Roster) {
    roster
        .desk("raw-sqlite", Database::Sqlite)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<KeysetPage, keyset_page::Pages<1>>()
        .enter::<KeysetPage, keyset_page::Pages<2>>()
        .enter::<KeysetPage, keyset_page::Pages<LATE_PAGE>>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Transactions>()
        .enter::<UnitOfWorkMany, unit_of_work_many::Transaction>()
        .enter::<BulkInsert, bulk_insert::OneByOne>()
        .enter::<BulkInsertBare, bulk_insert::OneByOne>()
        .enter::<StreamRows, stream_rows::Stream>();
}
