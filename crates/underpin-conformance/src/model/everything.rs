//! One column of every type, each also nullable.

use std::time::{Duration, SystemTime};

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use underpin::{ColumnEnum, Entity, Events, Json, MappingError, Table};
use uuid::Uuid;

use super::Suite;

/// An enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ColumnEnum)]
#[column_enum(name = "mood")]
pub enum Mood {
    /// Fine.
    Happy,
    /// Not so fine.
    VerySad,
}

/// A row with one column of every type.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "everything", comment = "one column of every type; it's \"quoted\"")]
pub struct EverythingRow {
    #[column(primary_key)]
    pub id: i64,
    pub flag: bool,
    pub small: i16,
    pub middle: i32,
    pub large: i64,
    pub real: f32,
    pub double: f64,
    pub text: String,
    #[column(length = 10)]
    pub short: String,
    #[column(precision = 12, scale = 2)]
    pub money: Decimal,
    #[column(precision = 28, scale = 10)]
    pub exact: Decimal,
    pub bytes: Vec<u8>,
    pub uuid: Uuid,
    pub day: Date,
    pub time: Time,
    pub moment: DateTime,
    pub instant: Timestamp,
    pub system: SystemTime,
    pub duration: Duration,
    pub signed: SignedDuration,
    pub document: Json<serde_json::Value>,
    pub mood: Mood,
    pub numbers: Vec<i32>,
    pub words: Vec<Option<String>>,
    pub maybe_flag: Option<bool>,
    pub maybe_large: Option<i64>,
    pub maybe_double: Option<f64>,
    pub maybe_text: Option<String>,
    #[column(precision = 12, scale = 2)]
    pub maybe_money: Option<Decimal>,
    pub maybe_bytes: Option<Vec<u8>>,
    pub maybe_uuid: Option<Uuid>,
    pub maybe_instant: Option<Timestamp>,
    pub maybe_document: Option<Json<serde_json::Value>>,
    pub maybe_mood: Option<Mood>,
    pub maybe_numbers: Option<Vec<i32>>,
}

/// The row itself as an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Everything(pub EverythingRow);

impl Entity<Suite> for Everything {
    type Row = EverythingRow;

    fn to_row(&self) -> EverythingRow {
        self.0.clone()
    }

    fn from_row(row: EverythingRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Suite> for Everything {}
