//! Load 100 orders of 10 lines of 10 items into nested structs: 11,100 rows of three tables.
//!
//! Checked: every row enters a checksum, with the order in which parts come.

use super::{Workload, orders};
use crate::failure::Result;
use crate::stage::{Store, same};
use crate::tally::Tally;
use crate::variant::{Entry, Roster};

/// See the module.
pub(crate) struct LoadAggregates;

impl Workload for LoadAggregates {
    const NAME: &'static str = "load-aggregates";
    const UNIT: &'static str = "list";
    const STEPS: usize = 3;

    type Input = ();
    type Output = Tally;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.load_aggregates
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        orders::create(store).await?;
        orders::fill(store).await
    }

    fn input(_: usize) {}

    async fn check(_: &mut Store, outputs: Vec<Tally>) -> Result<()> {
        let mut expected = Tally::default();
        for order in 1..=100 {
            expected.row(order, &format!("customer {order}"), 1);
            for line in 1..=orders::EACH {
                expected.row(order * 100 + line, &format!("product {line}"), line);
                for item in 1..=orders::EACH {
                    expected.row((order * 100 + line) * 100 + item, &format!("item {item}"), item);
                }
            }
        }
        outputs.into_iter().try_for_each(|found| same("load of the orders", found, expected))
    }
}
