//! Values of every type come back from the database as they went in, are ordered in it, and wrong ones are named.

#![allow(clippy::unwrap_used)] // what fails here fails a test

mod fixture;

use fixture::{Grid, KINDS, Sink, decimal, everywhere, insert, open_blocking, ready, text};
use proptest::prelude::*;
use rust_decimal::Decimal;
use underpin_core::{ColumnSet, Datum, Interval, Result};
use underpin_sql::driver::{Access, Batch, Connection, Driver};
use underpin_sql::{Lock, Order, Query, Select, Tree, WriteKind};

async fn by_id(connection: &mut dyn Connection, id: i64) -> Result<Vec<Datum>> {
    let keys = Grid::new(&KINDS, vec![vec![Datum::Int(id)]]);
    let query = Query::Keys { table: &KINDS, keys: &keys, lock: Lock::None };
    let rows = Sink::rows(connection.fetch(&query, Sink::boxed(&KINDS)).await?);
    let absent = || underpin_core::Error::usage("no such row", "insert it");
    rows.into_iter().next().ok_or_else(absent)
}

fn full(id: i64) -> Vec<Datum> {
    let array = |elements: Vec<Datum>| Datum::Array(elements);
    vec![
        Datum::Int(id),
        Datum::Bool(true),
        Datum::Int(i16::MIN.into()),
        Datum::Int(i32::MAX.into()),
        Datum::Int(i64::MIN),
        Datum::Float(f64::from(0.1_f32)),
        Datum::Float(f64::MIN_POSITIVE),
        text("ä \"quoted\" 'text'\n"),
        text("äöüßé"),
        decimal("-9999999999.99"),
        decimal("-123456789012345678.123456"),
        Datum::Bytes(vec![0, 255, 1]),
        Datum::Uuid([7; 16]),
        Datum::Date(-719_528),
        Datum::Micros(86_399_999_999),
        Datum::Micros(-1),
        Datum::Micros(253_402_300_799_999_999),
        Datum::Interval(Interval::from_micros(-5)),
        Datum::Json(r#"{"a":[1,null]}"#.into()),
        text("wild"),
        array(vec![Datum::Int(1), Datum::Null, Datum::Int(i64::MAX)]),
        array(vec![decimal("1.50"), decimal("-79228162514264337593543950335")]),
        array(vec![array(vec![Datum::Date(0), Datum::Null]), array(vec![])]),
    ]
}

#[test]
fn every_type_comes_back() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        let mut nothing = vec![Datum::Null; KINDS.columns.len()];
        nothing[0] = Datum::Int(2);
        insert(&mut *connection, &KINDS, vec![full(1), nothing.clone()]).await;
        assert!(by_id(&mut *connection, 1).await.unwrap() == full(1));
        assert!(by_id(&mut *connection, 2).await.unwrap() == nothing);

        // And through RETURNING.
        let again = Grid::new(&KINDS, vec![full(3)]);
        let step = again.write(WriteKind::Insert, KINDS.all(), KINDS.all());
        let returned = connection.write(&Batch { steps: &[step], commit: false }).await.unwrap();
        assert!(returned[0][0].0 == full(3));
    });
}

#[test]
fn what_sqlite_cannot_hold_is_refused_with_its_column() {
    let (driver, _folder) = open_blocking("");
    let mut connection = ready(driver.acquire(Access::Write)).unwrap();
    for (column, value, reason) in [
        ("double", Datum::Float(f64::NAN), "NaN"),
        ("varchar", text("sixsix"), "longer than 5"),
        ("text", text("a\0b"), "NUL"),
        ("money", decimal("0.001"), "rounding"),
        ("money", decimal("10000000000"), "rounding"),
        ("wide", decimal("1000000000000000000"), "rounding"),
        ("date", Datum::Date(2_932_897), "0000 to 9999"),
        ("timestamp", Datum::Micros(i64::MAX), "0000 to 9999"),
        ("time", Datum::Micros(-1), "time of day"),
        ("interval", Datum::Interval(Interval { months: 1, days: 0, micros: 0 }), "months"),
        ("mood", text("sad"), "mood"),
    ] {
        let mut row = full(1);
        row[KINDS.position(column).unwrap()] = value;
        let grid = Grid::new(&KINDS, vec![row]);
        let error = ready(connection.write(&Batch { steps: &[grid.insert()], commit: false })).unwrap_err();
        assert!(error.is_value() && error.column() == Some(column), "{column}: {error}");
        assert!(error.to_string().contains(reason), "{column}: {error}");
    }
}

#[test]
fn what_others_stored_is_read_or_named() {
    let (driver, _folder) = open_blocking("");
    let mut connection = ready(driver.acquire(Access::Write)).unwrap();
    insert_kinds(&mut *connection, 1);
    for (column, sql, read) in [
        ("timestamptz", "'2026-01-01T14:00:00+02:00'", Some(Datum::Micros(1_767_268_800_000_000))),
        ("timestamp", "datetime('2026-01-01 12:00')", Some(Datum::Micros(1_767_268_800_000_000))),
        ("date", "date('2026-01-01')", Some(Datum::Date(20_454))),
        ("uuid", "upper('018f6b3e-0001-7abc-8def-000000000000')", None),
        ("bool", "2", None),
        ("smallint", "40000", None),
        ("int", "1.5", None),
        ("double", "'text'", None),
        ("text", "x'00'", None),
        ("text", "CAST(x'ff' AS TEXT)", None),
        ("bytes", "'text'", None),
        ("money", "1.25", None),
        ("wide", "'1.25'", None),
        ("date", "'2026-02-30'", None),
        ("date", "20454", None),
        ("uuid", "'018f6b3e'", None),
        ("numbers", "'[1,'", None),
        ("numbers", "'[\"1\"]'", None),
    ] {
        ready(connection.script(&format!("UPDATE kinds SET {column} = {sql}"))).unwrap();
        let found = ready(by_id(&mut *connection, 1));
        match (&found, read) {
            (Ok(row), Some(expected)) => {
                assert!(row[KINDS.position(column).unwrap()] == expected, "{column} = {sql}");
            }
            (Ok(_), None) => assert_eq!(column, "uuid", "{column} = {sql} was read"),
            (Err(error), _) => {
                assert!(error.is_value() && error.column() == Some(column), "{column} = {sql}: {error}");
            }
        }
        ready(connection.script(&format!("UPDATE kinds SET {column} = NULL"))).unwrap();
    }
}

fn insert_kinds(connection: &mut dyn Connection, id: i64) {
    let mut row = vec![Datum::Null; KINDS.columns.len()];
    row[0] = Datum::Int(id);
    ready(insert(connection, &KINDS, vec![row]));
}

#[test]
fn an_undecodable_row_aborts_the_transaction() {
    everywhere(async |driver| {
        let mut connection = driver.acquire(Access::Write).await.unwrap();
        connection.begin(underpin_sql::driver::TransactionOptions::new());
        let mut row = vec![Datum::Null; KINDS.columns.len()];
        row[0] = Datum::Int(1);
        insert(&mut *connection, &KINDS, vec![row]).await;
        connection.script("UPDATE kinds SET date = 'never'").await.unwrap();
        assert!(by_id(&mut *connection, 1).await.unwrap_err().is_value());
        assert!(connection.commit().await.unwrap_err().is_usage());
        connection.rollback().await.unwrap();
        assert!(by_id(&mut *connection, 1).await.is_err() && !connection.in_transaction());
    });
}

/// The values of a column in the order in which the database sorts them.
fn sorted(column: &str, values: Vec<Datum>) -> Vec<Datum> {
    let (driver, _folder) = open_blocking("?synchronous=off");
    let mut connection = ready(driver.acquire(Access::Write)).unwrap();
    let position = KINDS.position(column).unwrap();
    let rows = values.into_iter().enumerate().map(|(id, value)| {
        let mut row = vec![Datum::Null; KINDS.columns.len()];
        row[0] = Datum::Int(i64::try_from(id).unwrap());
        row[position] = value;
        row
    });
    let grid = Grid::new(&KINDS, rows.collect());
    let step = grid.write(WriteKind::Insert, ColumnSet::of(&[0, position]), ColumnSet::EMPTY);
    ready(connection.write(&Batch { steps: &[step], commit: false })).unwrap();
    let mut select = Select::new(&KINDS);
    select.order.push(Order::asc(Tree::column(&KINDS, position)));
    let rows = ready(connection.fetch(&Query::Select(&select), Sink::boxed(&KINDS))).unwrap();
    Sink::rows(rows).into_iter().map(|mut row| row.swap_remove(position)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn the_database_orders_decimals_and_instants(
        money in prop::collection::vec(-999_999_999_999_i64..=999_999_999_999, 1..30),
        wide in prop::collection::vec(-(10_i128.pow(24) - 1)..10_i128.pow(24), 1..30),
        micros in prop::collection::vec(-62_167_219_200_000_000_i64..253_402_300_800_000_000, 1..30),
    ) {
        for (column, mut decimals) in [
            ("money", money.into_iter().map(|n| Decimal::new(n, 2)).collect::<Vec<_>>()),
            ("wide", wide.into_iter().map(|n| Decimal::from_i128_with_scale(n, 6)).collect()),
        ] {
            let found = sorted(column, decimals.iter().map(|value| Datum::Decimal(*value)).collect());
            decimals.sort();
            prop_assert!(found == decimals.into_iter().map(Datum::Decimal).collect::<Vec<_>>());
        }
        let mut micros = micros;
        let found = sorted("timestamptz", micros.iter().map(|value| Datum::Micros(*value)).collect());
        micros.sort_unstable();
        prop_assert!(found == micros.into_iter().map(Datum::Micros).collect::<Vec<_>>());
    }
}
