//! Every type is stored and read back as it was.

use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use serde_json::json;
use underpin::{Database, Json};
use uuid::Uuid;

use crate::model::{Everything, EverythingRow, Mood, Suite};

fn plain(id: i64) -> EverythingRow {
    EverythingRow {
        id,
        flag: true,
        small: -7,
        middle: 42,
        large: 1 << 40,
        real: 1.5,
        double: -0.1,
        text: "plain".to_owned(),
        short: "ten chars!".to_owned(),
        money: Decimal::new(12345, 2),
        exact: Decimal::new(1, 10),
        bytes: vec![0, 1, 255],
        uuid: Uuid::from_u128(1),
        day: jiff::civil::date(2024, 2, 29),
        time: jiff::civil::time(23, 59, 59, 999_999_000),
        moment: jiff::civil::date(1999, 12, 31).at(12, 0, 0, 1_000),
        instant: Timestamp::from_microsecond(1_700_000_000_123_456).unwrap(),
        system: SystemTime::UNIX_EPOCH + Duration::from_micros(1_234_567_890_123_456),
        duration: Duration::from_micros(90_000_001),
        signed: SignedDuration::from_micros(-1),
        document: Json(json!({"a": [1, 2.5, null, "é"], "b": {"c": true}})),
        mood: Mood::VerySad,
        numbers: vec![1, -2, i32::MAX],
        words: vec![
            Some("a,b".to_owned()),
            None,
            Some("{\"quoted\" \\}".to_owned()),
            Some("NULL".to_owned()),
        ],
        maybe_flag: None,
        maybe_large: None,
        maybe_double: None,
        maybe_text: None,
        maybe_money: None,
        maybe_bytes: None,
        maybe_uuid: None,
        maybe_instant: None,
        maybe_document: None,
        maybe_mood: None,
        maybe_numbers: None,
    }
}

async fn round(database: &Database<Suite>, rows: Vec<EverythingRow>) {
    let mut uow = database.begin().await.unwrap();
    for row in &rows {
        uow.add(&mut Everything(row.clone())).unwrap();
    }
    uow.commit().await.unwrap();
    for row in rows {
        let found = database.get::<Everything>(row.id).await.unwrap().expect("the row is there").0;
        assert_eq!(found, row);
    }
}

/// One row (a statement of its own shape).
pub async fn one_row_of_every_type(database: &Database<Suite>) {
    round(database, vec![plain(1)]).await;
}

/// Rows with the ends of every range, and one with NULLs.
pub(super) fn samples() -> Vec<EverythingRow> {
    let low = EverythingRow {
        flag: false,
        small: i16::MIN,
        middle: i32::MIN,
        large: i64::MIN,
        real: f32::MIN,
        double: f64::MIN_POSITIVE,
        text: String::new(),
        short: String::new(),
        money: "-9999999999.99".parse().unwrap(),
        exact: "-999999999999999999.9999999999".parse().unwrap(),
        bytes: Vec::new(),
        uuid: Uuid::nil(),
        day: jiff::civil::date(1, 1, 1),
        time: jiff::civil::time(0, 0, 0, 0),
        moment: jiff::civil::date(1, 1, 1).at(0, 0, 0, 0),
        instant: "0001-01-01T00:00:00Z".parse().unwrap(),
        system: SystemTime::UNIX_EPOCH - Duration::from_secs(1),
        duration: Duration::ZERO,
        signed: SignedDuration::from_micros(-(1 << 60)),
        document: Json(json!(null)),
        mood: Mood::Happy,
        numbers: Vec::new(),
        words: vec![None],
        maybe_flag: Some(false),
        maybe_large: Some(0),
        maybe_double: Some(0.0),
        maybe_text: Some(String::new()),
        maybe_money: Some(Decimal::ZERO),
        maybe_bytes: Some(Vec::new()),
        maybe_uuid: Some(Uuid::max()),
        maybe_instant: Some(Timestamp::UNIX_EPOCH),
        maybe_document: Some(Json(json!([]))),
        maybe_mood: Some(Mood::Happy),
        maybe_numbers: Some(Vec::new()),
        ..plain(1)
    };
    let high = EverythingRow {
        small: i16::MAX,
        middle: i32::MAX,
        large: i64::MAX,
        real: f32::MAX,
        double: f64::MAX,
        text: "𝄞 ünïcödé \u{202e}right to left\n\t'quotes' \"double\" \\ % _ ;--".to_owned(),
        short: "äöüßäöüßäö".to_owned(),
        money: "9999999999.99".parse().unwrap(),
        exact: "999999999999999999.9999999999".parse().unwrap(),
        bytes: (0..=255).collect(),
        uuid: Uuid::max(),
        day: jiff::civil::date(9999, 12, 31),
        moment: jiff::civil::date(9999, 12, 31).at(23, 59, 59, 999_999_000),
        instant: "9999-12-30T22:00:00.999999Z".parse().unwrap(),
        duration: Duration::from_secs(86_400 * 365 * 100),
        words: vec![Some(String::new()), Some(" ".to_owned()), Some("ünï".to_owned())],
        ..plain(2)
    };
    vec![low, high, plain(3)]
}

/// Many rows at once: NULLs among values, and the ends of every range.
pub async fn extremes_of_every_type(database: &Database<Suite>) {
    round(database, samples()).await;
}

/// Floats that are no numbers.
pub async fn floats_that_are_no_numbers(database: &Database<Suite>) {
    let infinite = EverythingRow { double: f64::INFINITY, real: f32::NEG_INFINITY, ..plain(1) };
    round(database, vec![infinite]).await;
}

/// An update of every column.
pub async fn update_of_every_type(database: &Database<Suite>) {
    round(database, vec![plain(1)]).await;
    let mut uow = database.begin().await.unwrap();
    let mut entity = uow.get::<Everything>(1).await.unwrap().unwrap();
    entity.0 = EverythingRow {
        flag: false,
        small: 8,
        text: "changed".to_owned(),
        money: Decimal::new(1, 2),
        document: Json(json!({"changed": 1})),
        mood: Mood::Happy,
        numbers: vec![9],
        words: vec![Some("z".to_owned())],
        maybe_text: Some("now".to_owned()),
        maybe_numbers: Some(vec![5, 6]),
        ..plain(1)
    };
    uow.save(&mut entity).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.get::<Everything>(1).await.unwrap().unwrap(), entity);
}
