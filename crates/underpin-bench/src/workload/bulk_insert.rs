//! Bulk insert: 100,000 cars into an empty table, once with the four secondary indexes and once with the primary key alone.
//!
//! Checked: the number of cars, the sum of their years, and the sum of their prices to the hundredth.

use super::{Workload, count};
use crate::domain::Car;
use crate::failure::Result;
use crate::sample;
use crate::stage::{Store, same};
use crate::tally::cents;
use crate::variant::{Entry, Roster};

/// How many cars to insert.
const CARS: usize = 100_000;

/// With four secondary indexes.
pub(crate) struct BulkInsert;

/// With the primary key alone.
pub(crate) struct BulkInsertBare;

/// Either of them: what does one does the other, so a contender is written once.
pub(crate) trait Bulk: Workload<Input = Vec<Car>, Output = ()> {}

impl Bulk for BulkInsert {}
impl Bulk for BulkInsertBare {}

async fn check(store: &mut Store) -> Result<()> {
    let years: i64 = (0..CARS).map(|n| i64::from(sample::car(n).year)).sum();
    let prices: i64 = (0..CARS).map(|n| cents(sample::car(n).price_mxn)).sum();
    store.expect("SELECT count(*) FROM cars", count(CARS)).await?;
    store.expect("SELECT sum(year) FROM cars", years).await?;
    same("the sum of prices", store.cents("cars", "price_mxn").await?, prices)
}

impl Workload for BulkInsert {
    const NAME: &'static str = "bulk-insert";
    const UNIT: &'static str = "100,000 rows, four indexes";
    const STEPS: usize = 1;
    const EACH_ROUND: usize = 1;

    type Input = Vec<Car>;
    type Output = ();

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.bulk_insert
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.index_cars(true).await
    }

    async fn reset(store: &mut Store) -> Result<()> {
        store.clear().await
    }

    fn input(_: usize) -> Vec<Car> {
        (0..CARS).map(sample::car).collect()
    }

    async fn check(store: &mut Store, _: Vec<()>) -> Result<()> {
        check(store).await
    }
}

impl Workload for BulkInsertBare {
    const NAME: &'static str = "bulk-insert-bare";
    const UNIT: &'static str = "100,000 rows, primary key only";
    const STEPS: usize = 1;
    const EACH_ROUND: usize = 1;

    type Input = Vec<Car>;
    type Output = ();

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.bulk_insert_bare
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.index_cars(false).await
    }

    async fn reset(store: &mut Store) -> Result<()> {
        store.clear().await
    }

    fn input(step: usize) -> Vec<Car> {
        BulkInsert::input(step)
    }

    async fn check(store: &mut Store, _: Vec<()>) -> Result<()> {
        check(store).await
    }
}
