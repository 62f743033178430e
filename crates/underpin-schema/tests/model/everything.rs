//! Tables that use every option and every type.

use std::time::{Duration, SystemTime};

use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{Auto, ColumnEnum, Table};

/// An enumeration.
#[derive(Clone, ColumnEnum)]
pub enum Mood {
    Fine,
    #[label = "so 'so'"]
    SoSo,
}

/// Every type.
#[derive(Table)]
#[table(name = "everything", schema = "odd", comment = "it's all here")]
#[table(unique(columns = [small, int], deferred))]
#[table(index(columns = [text desc nulls_last, "lower(short)" opclass = "text_pattern_ops"], include = [int],
    method = "btree", where = "flag", name = "ix_rich", only = "postgres"))]
#[table(index(columns = [text desc, "lower(short)", "small + int"], where(any = "flag", sqlite = "flag = 1"),
    name = "ix_plain"))]
#[table(check(name = "sane", sql(postgres = "int > small", sqlite = "int >= small")))]
pub struct EverythingRow {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(server_default = "true")]
    pub flag: bool,
    pub small: i16,
    #[column(check = "int <> 7")]
    pub int: i32,
    #[column(version)]
    pub big: i64,
    #[column(server_default = "-0.5")]
    pub real: f32,
    pub double: Option<f64>,
    #[column(server_default = "'it''s'")]
    pub text: String,
    #[column(
        length = 20,
        server_default(postgres = "'a' || 'b'", sqlite = "'a' || 'b'"),
        comment = "20 at most"
    )]
    pub short: String,
    #[column(precision = 18, scale = 2, server_default = "1.5")]
    pub money: Decimal,
    #[column(precision = 28, scale = 10)]
    pub wide: Option<Decimal>,
    pub bytes: Vec<u8>,
    pub length: Duration,
    #[column(server_default = "CURRENT_TIMESTAMP")]
    pub at: SystemTime,
    #[column(server_default = "'fine'")]
    pub mood: Mood,
    pub list: Vec<String>,
    #[column(generated = "text || short")]
    pub joined: String,
    #[column(name = "order")]
    pub r#type: Auto<i32>,
}

/// An exclusion constraint.
#[derive(Table)]
#[table(name = "bookings")]
#[table(exclude(with = [room = "=", "int4range(starts, ends)" = "&&"], name = "ex_bookings_room",
    where = "room > 0", only = "postgres"))]
pub struct BookingRow {
    #[column(primary_key, identity)]
    pub id: i64,
    pub room: i32,
    pub starts: i32,
    pub ends: i32,
}
