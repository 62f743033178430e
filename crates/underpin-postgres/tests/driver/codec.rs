//! Every type, there and back, its extremes included.

use underpin_core::{ColumnSet, Datum, Interval};
use underpin_schema::TableDef;

use crate::rows::{Cells, Rows, int, text};
use crate::scratch::{Scratch, fetch, insert, write};
use crate::tables::{EVERY, LISTS, USERS};

fn decimal(text: &str) -> Datum {
    Datum::Decimal(text.parse().unwrap())
}

fn json(text: &str) -> Datum {
    Datum::Json(text.to_owned())
}

/// Rows of `every`: ordinary values, nulls, and both ends of each type.
pub(crate) fn every() -> Vec<Cells> {
    let ordinary = vec![
        int(1),
        Datum::Bool(true),
        int(-7),
        int(1_000_000),
        Datum::Float(1.5),
        Datum::Float(-2.25),
        text("größer ☃ \"quoted\" 'single' \\ {a,b}"),
        text("äöüß☃"),
        decimal("-12345.6789"),
        Datum::Bytes(vec![0, 1, 0xFF, b'\\', b'"']),
        Datum::Uuid([0x12; 16]),
        Datum::Date(20_778),
        Datum::Micros(45_296_000_001),
        Datum::Micros(1_795_219_200_123_456),
        Datum::Micros(-1),
        Datum::Interval(Interval { months: 14, days: -3, micros: 90_061_000_001 }),
        json(r#"{"a": [1, null, "ä"]}"#),
        json(r#"{"b": 1}"#),
        text("so so"),
    ];
    let mut nulls = vec![Datum::Null; ordinary.len()];
    nulls[0] = int(2);
    let low = vec![
        int(i64::MIN),
        Datum::Bool(false),
        int(i16::MIN.into()),
        int(i32::MIN.into()),
        Datum::Float(f32::MIN.into()),
        Datum::Float(f64::MIN),
        text(""),
        text(""),
        decimal("-999999999999999999.9999999999"),
        Datum::Bytes(Vec::new()),
        Datum::Uuid([0; 16]),
        Datum::Date(-2_440_588),
        Datum::Micros(0),
        Datum::Micros(-210_866_803_200_000_000),
        Datum::Micros(-210_866_803_200_000_000),
        Datum::Interval(Interval { months: i32::MIN, days: i32::MIN, micros: i64::MIN + 1 }),
        json("null"),
        json("null"),
        text("glad"),
    ];
    let high = vec![
        int(i64::MAX),
        Datum::Bool(true),
        int(i16::MAX.into()),
        int(i32::MAX.into()),
        Datum::Float(f64::INFINITY),
        Datum::Float(f64::NEG_INFINITY),
        text(&"x".repeat(100_000)),
        text("12345"),
        decimal("0.0000000001"),
        Datum::Bytes(vec![0x5A; 100_000]),
        Datum::Uuid([0xFF; 16]),
        Datum::Date(2_147_483_493 - 2_440_588),
        Datum::Micros(86_400_000_000),
        Datum::Micros(i64::MAX),
        Datum::Micros(i64::MAX),
        Datum::Interval(Interval { months: i32::MAX, days: i32::MAX, micros: i64::MAX - 1 }),
        json(r#""x""#),
        json("[]"),
        text("sad \"!\""),
    ];
    vec![ordinary, nulls, low, high]
}

pub(crate) fn lists() -> Vec<Cells> {
    let full = vec![
        int(1),
        Datum::Array(vec![Datum::Bool(true), Datum::Null, Datum::Bool(false)]),
        Datum::Array(vec![int(1), int(-2), int(i32::MIN.into())]),
        Datum::Array(vec![Datum::Float(1e300), Datum::Float(f64::NEG_INFINITY), Datum::Float(-0.1)]),
        Datum::Array(vec![text("a,b"), text("{\"x\\"), text(""), text("NULL"), Datum::Null, text("ä\n☃")]),
        Datum::Array(vec![decimal("-0.01"), decimal("9999999999.99")]),
        Datum::Array(vec![Datum::Bytes(vec![0, b'\\', 0xFF]), Datum::Bytes(Vec::new())]),
        Datum::Array(vec![Datum::Uuid([0xAB; 16])]),
        Datum::Array(vec![
            Datum::Date(-719_163),
            Datum::Date(0),
            Datum::Date(2_932_897),
            Datum::Date(-2_440_588),
        ]),
        Datum::Array(vec![Datum::Micros(0), Datum::Micros(86_399_999_999)]),
        Datum::Array(vec![
            Datum::Micros(-1),
            Datum::Micros(-210_866_803_200_000_000),
            Datum::Micros(951_827_696_500_000),
        ]),
        Datum::Array(vec![Datum::Interval(Interval { months: -14, days: 3, micros: -90_061_000_001 })]),
        Datum::Array(vec![json(r#"{"a": "b\"c"}"#), Datum::Null]),
        Datum::Array(vec![text("sad \"!\""), text("so so")]),
    ];
    let mut empty = vec![Datum::Array(Vec::new()); full.len()];
    empty[0] = int(2);
    let mut nulls = vec![Datum::Null; full.len()];
    nulls[0] = int(3);
    vec![full, empty, nulls]
}

/// Compares row by row and names the first column that differs: cells do not show themselves.
pub(crate) fn assert_same(table: &TableDef, found: Vec<Cells>, expected: Vec<Cells>) {
    let (found, expected) = (sorted(found), sorted(expected));
    assert_eq!(found.len(), expected.len());
    for (row, (found, expected)) in found.iter().zip(&expected).enumerate() {
        for ((found, expected), column) in found.iter().zip(expected).zip(table.columns) {
            assert!(found == expected, "row {row}, column {}", column.name);
        }
    }
}

fn sorted(mut rows: Vec<Cells>) -> Vec<Cells> {
    rows.sort_by_key(|row| if let Datum::Int(id) = row[0] { id } else { 0 });
    rows
}

#[tokio::test]
async fn every_type_goes_there_and_back() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    // One by one, and then all at once as arrays.
    for row in every() {
        let rows = Rows::new(&EVERY, vec![row]);
        write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
    }
    assert_same(&EVERY, fetch(&mut *connection, &EVERY, None).await.unwrap(), every());
    scratch.script("TRUNCATE every").await;
    let rows = Rows::new(&EVERY, every());
    let returned = write(&mut *connection, vec![insert(&rows, EVERY.all())], true).await.unwrap();
    assert_eq!(returned, [every()]);
    let keys: Vec<Cells> = every().into_iter().map(|row| vec![row[0].clone()]).collect();
    assert_same(&EVERY, fetch(&mut *connection, &EVERY, Some(&keys)).await.unwrap(), every());
}

#[tokio::test]
async fn not_a_number_stays_none() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let mut row = vec![Datum::Null; EVERY.columns.len()];
    (row[0], row[4], row[5]) = (int(1), Datum::Float(f64::NAN), Datum::Float(f64::NAN));
    let rows = Rows::new(&EVERY, vec![row]);
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
    let found = fetch(&mut *connection, &EVERY, None).await.unwrap();
    assert!(matches!(found[0][4], Datum::Float(value) if value.is_nan()));
    assert!(matches!(found[0][5], Datum::Float(value) if value.is_nan()));
}

#[tokio::test]
async fn lists_go_there_and_back() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    for row in lists() {
        let rows = Rows::new(&LISTS, vec![row]);
        write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
    }
    assert_same(&LISTS, fetch(&mut *connection, &LISTS, None).await.unwrap(), lists());
    scratch.script("TRUNCATE lists").await;
    // Now as arrays of texts, because an array of arrays would lose its shape.
    let rows = Rows::new(&LISTS, lists());
    write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap();
    assert_same(&LISTS, fetch(&mut *connection, &LISTS, None).await.unwrap(), lists());
}

#[tokio::test]
async fn what_does_not_fit_is_refused_by_name_and_not_shown() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    for (column, value, says) in [
        (7, text("secret"), "longer than 5"),
        (6, text("sec\0ret"), "NUL"),
        (8, decimal("0.00000000001"), "NUMERIC(28, 10)"),
        (11, Datum::Date(i32::MAX), "out of range"),
        (12, Datum::Micros(-1), "out of range"),
        (14, Datum::Micros(i64::MIN), "out of range"),
        (16, json("{\"a\0\": 1}"), "NUL"),
        (18, text("secret"), "mood"),
        (3, text("secret"), "another type"),
    ] {
        let mut row = vec![Datum::Null; EVERY.columns.len()];
        (row[0], row[column]) = (int(1), value);
        for many in [vec![row.clone()], vec![row.clone(), row.clone()]] {
            let rows = Rows::new(&EVERY, many);
            connection.begin(underpin_sql::driver::TransactionOptions::new());
            let error =
                write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(error.is_value() && shown.contains(says), "{column}: {shown}");
            assert_eq!(error.column(), Some(EVERY.columns[column].name), "{shown}");
            assert!(shown.contains("insert into every") && !shown.contains("secret"), "{shown}");
            connection.rollback().await.unwrap();
        }
    }
    // Nothing was sent of what was refused, so the connection is as good as before.
    assert_eq!(fetch(&mut *connection, &EVERY, None).await.unwrap(), Vec::<Cells>::new());
}

#[tokio::test]
async fn cells_that_no_value_holds_are_refused() {
    let scratch = Scratch::new().await;
    for (column, sql) in [
        ("a_numeric", "'NaN'"),
        ("a_date", "'infinity'"),
        ("a_timestamp", "'-infinity'"),
        ("a_timestamptz", "'infinity'"),
    ] {
        scratch.script(&format!("TRUNCATE every; INSERT INTO every (id, {column}) VALUES (1, {sql})")).await;
        let error = fetch(&mut *scratch.connection().await, &EVERY, None).await.unwrap_err();
        assert!(error.is_value() && error.column() == Some(column), "{error}");
        assert!(error.to_string().starts_with("select from every: "), "{error}");
    }
}

#[tokio::test]
async fn columns_of_another_type_are_told_at_the_first_use() {
    let scratch = Scratch::new().await;
    let mut connection = scratch.connection().await;
    let wrong = &crate::tables::WRONG_USERS;
    let error = fetch(&mut *connection, wrong, None).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "select from users: column users.age: the database holds int4, the row struct int8"
    );
    assert_eq!((error.table(), error.column()), (Some("users"), Some("age")));
    let rows = Rows::new(wrong, vec![vec![text("1"), text("a"), int(1), int(1)]]);
    let error = write(&mut *connection, vec![insert(&rows, ColumnSet::EMPTY)], true).await.unwrap_err();
    assert_eq!(error.column(), Some("age"), "{error}");
    // The right definition goes on working on the same connection.
    assert_eq!(fetch(&mut *connection, &USERS, None).await.unwrap(), Vec::<Cells>::new());
}
