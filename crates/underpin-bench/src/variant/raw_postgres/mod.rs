//! tokio-postgres by hand, at its best: held statements, streamed rows, pipelining, UNNEST, COPY.

mod bulk_copy;
mod bulk_unnest;
mod catalogue_search;
mod keyset_page;
mod load_aggregates;
mod load_rows;
mod mixed_flush;
mod mixed_flush_one_by_one;
mod point_get;
mod psql_copy;
mod save_aggregate;
mod statement;
mod stream_rows;
mod unit_of_work_cte;
mod unit_of_work_many;
mod unit_of_work_one;
mod update_by_query;

use tokio_postgres::{Client, NoTls};

use super::roster::Roster;
use crate::failure::Result;
use crate::stage::Database;
use crate::workload::{
    BulkInsert, BulkInsertBare, CatalogueSearch, ImportCsv, KeysetPage, LATE_PAGE, LoadAggregates, LoadRows,
    MixedFlush, PointGet, SaveAggregate, StreamRows, UnitOfWorkMany, UnitOfWorkOne, UpdateByQuery,
};

/// Enters tokio-postgres. In each workload the first technique is the one the others are compared with.
pub(crate) fn enlist(roster: &mut Roster) {
    roster
        .desk("raw-postgres", Database::Postgres)
        .enter::<PointGet, point_get::Get>()
        .enter::<LoadRows, load_rows::Load>()
        .enter::<CatalogueSearch, catalogue_search::Held>()
        .enter::<KeysetPage, keyset_page::Pages<1>>()
        .enter::<KeysetPage, keyset_page::Pages<2>>()
        .enter::<KeysetPage, keyset_page::Pages<LATE_PAGE>>()
        .enter::<LoadAggregates, load_aggregates::Load>()
        .enter::<SaveAggregate, save_aggregate::Save>()
        .enter::<UnitOfWorkOne, unit_of_work_one::Pipelined>()
        .enter::<UnitOfWorkOne, unit_of_work_cte::Cte>()
        .enter::<UnitOfWorkMany, unit_of_work_many::Pipelined>()
        .enter::<MixedFlush, mixed_flush::Pipelined>()
        .enter::<MixedFlush, mixed_flush_one_by_one::OneByOne>()
        .enter::<BulkInsert, bulk_copy::Copy>()
        .enter::<BulkInsert, bulk_unnest::Unnest>()
        .enter::<BulkInsertBare, bulk_copy::Copy>()
        .enter::<BulkInsertBare, bulk_unnest::Unnest>()
        .enter::<ImportCsv, psql_copy::Psql>()
        .enter::<UpdateByQuery, update_by_query::Update>()
        .enter::<StreamRows, stream_rows::Stream>();
}

/// A connection whose driver runs as a task.
async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}
