//! Dates and times.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use underpin::query::{TimeUnit, from, now};

use crate::lot::{Asked, CarRow};

const UNITS: [TimeUnit; 8] = [
    TimeUnit::Year,
    TimeUnit::Quarter,
    TimeUnit::Month,
    TimeUnit::Week,
    TimeUnit::Day,
    TimeUnit::Hour,
    TimeUnit::Minute,
    TimeUnit::Second,
];

/// Parts and starts of dates and times.
pub async fn parts_of_times(lot: &Asked) {
    let of = |id: i64| from::<CarRow>().filter(CarRow::ID.eq(id));
    let starts = [
        "2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00Z",
        "2020-02-01T00:00:00Z",
        "2020-02-24T00:00:00Z",
        "2020-02-29T00:00:00Z",
        "2020-02-29T23:00:00Z",
        "2020-02-29T23:30:00Z",
        "2020-02-29T23:30:15Z",
    ];
    let parts = [2020, 1, 2, 9, 29, 23, 30, 15];
    for (index, unit) in UNITS.into_iter().enumerate() {
        let start: Timestamp = starts[index].parse().unwrap();
        let name = format!("{unit:?}");
        lot.gives(&format!("{name} trunc"), of(1).select(CarRow::LISTED.date_trunc(unit)), vec![start]).await;
        lot.gives(&name, of(1).select(CarRow::LISTED.extract(unit)), vec![parts[index]]).await;
    }
    let days: [Date; 4] = [date(2021, 1, 1), date(2021, 1, 1), date(2021, 1, 1), date(2020, 12, 28)];
    let parts = [2021, 1, 1, 53];
    for (index, unit) in UNITS.into_iter().take(4).enumerate() {
        let name = format!("{unit:?} of a date");
        lot.gives(&name, of(2).select(CarRow::DAY.date_trunc(unit)), vec![days[index]]).await;
        lot.gives(&name, of(2).select(CarRow::DAY.extract(unit)), vec![parts[index]]).await;
    }
    let here: Timestamp = of(1).select(now::<Timestamp>()).at(&lot.database).one().await.unwrap();
    assert!((Timestamp::now().duration_since(here)).as_secs().abs() < 600, "{here}");
    lot.gives("before now", of(1).filter(CarRow::LISTED.lt_expr(now())).select(CarRow::ID), vec![1]).await;
}
