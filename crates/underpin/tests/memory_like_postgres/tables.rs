//! Tables that refer to each other in all ways.

use underpin::{Schema, SchemaBuilder, Store, Table, TableDef};

pub(crate) struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder()
            .table::<ParentRow>()
            .table::<PlainRow>()
            .table::<LateRow>()
            .table::<RestrictedRow>()
            .table::<OwnedRow>()
            .table::<GrandchildRow>()
            .table::<LooseRow>()
            .table::<FallingRow>()
            .table::<ByCodeRow>()
            .table::<TreeRow>()
            .table::<SeatRow>()
            .table::<VersionedRow>()
    }
}

pub(crate) const TABLES: &[fn() -> &'static TableDef] = &[
    ParentRow::def,
    PlainRow::def,
    LateRow::def,
    RestrictedRow::def,
    OwnedRow::def,
    GrandchildRow::def,
    LooseRow::def,
    FallingRow::def,
    ByCodeRow::def,
    TreeRow::def,
    SeatRow::def,
    VersionedRow::def,
];

#[derive(Table)]
#[table(name = "parents")]
pub(crate) struct ParentRow {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    code: i64,
}

#[derive(Table)]
#[table(name = "plain")]
pub(crate) struct PlainRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = ParentRow::ID)]
    parent: Option<i64>,
}

#[derive(Table)]
#[table(name = "late")]
pub(crate) struct LateRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = ParentRow::ID, deferred)]
    parent: Option<i64>,
}

#[derive(Table)]
#[table(name = "restricted")]
pub(crate) struct RestrictedRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = ParentRow::ID, on_delete = restrict, on_update_key = restrict, deferred)]
    parent: Option<i64>,
}

#[derive(Table)]
#[table(name = "owned")]
pub(crate) struct OwnedRow {
    #[column(primary_key)]
    id: i64,
    #[column(unique, references = ParentRow::ID, on_delete = cascade, on_update_key = cascade)]
    parent: i64,
}

#[derive(Table)]
#[table(name = "grandchildren")]
pub(crate) struct GrandchildRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = OwnedRow::ID, on_delete = cascade)]
    owned: i64,
}

#[derive(Table)]
#[table(name = "loose")]
pub(crate) struct LooseRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = ParentRow::ID, on_delete = set_null, on_update_key = set_null)]
    parent: Option<i64>,
}

#[derive(Table)]
#[table(name = "falling")]
pub(crate) struct FallingRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = ParentRow::ID, on_delete = set_default, on_update_key = set_default, server_default = "1")]
    parent: i64,
}

#[derive(Table)]
#[table(name = "by_code")]
pub(crate) struct ByCodeRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = ParentRow::CODE, on_update_key = cascade)]
    code: Option<i64>,
}

#[derive(Table)]
#[table(name = "tree")]
pub(crate) struct TreeRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = Self::ID, on_delete = cascade)]
    parent: Option<i64>,
}

/// One at a place, in the end.
#[derive(Table)]
#[table(name = "seats")]
#[table(unique(columns = [place], deferred))]
pub(crate) struct SeatRow {
    #[column(primary_key)]
    id: i64,
    place: i64,
}

#[derive(Table)]
#[table(name = "versioned")]
pub(crate) struct VersionedRow {
    #[column(primary_key)]
    id: i64,
    #[column(version)]
    version: i64,
}
