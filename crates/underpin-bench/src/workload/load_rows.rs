//! Load 10,000 cars into a vector of structs, prices as exact decimals.
//!
//! Checked: every column of every car enters a checksum, which must be that of the cars in the table.

use super::Workload;
use crate::failure::Result;
use crate::sample;
use crate::stage::{Store, same};
use crate::tally::Tally;
use crate::variant::{Entry, Roster};

/// How many cars there are.
const CARS: usize = 10_000;

/// See the module.
pub(crate) struct LoadRows;

impl Workload for LoadRows {
    const NAME: &'static str = "load-10000";
    const UNIT: &'static str = "list";
    const STEPS: usize = 3;

    type Input = ();
    type Output = Tally;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.load_rows
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.add_cars(0..CARS).await
    }

    fn input(_: usize) {}

    async fn check(_: &mut Store, outputs: Vec<Tally>) -> Result<()> {
        let expected = Tally::of_cars((0..CARS).map(sample::car));
        outputs.into_iter().try_for_each(|found| same("load of the cars", found, expected))
    }
}
