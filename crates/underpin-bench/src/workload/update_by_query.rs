//! Update by query: another year for all cars of a make, a tenth of 100,000, by one statement.
//!
//! Checked: every car of the makes has the year, and no other car has it.

use super::Workload;
use crate::failure::Result;
use crate::sample;
use crate::stage::Store;
use crate::variant::{Entry, Roster};

const CARS: usize = 100_000;

/// The year that the cars get, and no sample car has.
pub(crate) const YEAR: i32 = 2_100;

/// See the module.
pub(crate) struct UpdateByQuery;

impl Workload for UpdateByQuery {
    const NAME: &'static str = "update-by-query";
    const UNIT: &'static str = "some 10,000 rows";
    const STEPS: usize = 3;
    const EACH_ROUND: usize = 1;

    /// The make.
    type Input = String;
    /// How many cars were changed.
    type Output = u64;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.update_by_query
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.index_cars(false).await
    }

    async fn reset(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.add_cars(0..CARS).await
    }

    fn input(step: usize) -> String {
        sample::MAKES[step % sample::MAKES.len()].to_owned()
    }

    async fn check(store: &mut Store, outputs: Vec<u64>) -> Result<()> {
        let changed: u64 = outputs.iter().sum();
        store
            .expect(&format!("SELECT count(*) FROM cars WHERE year = {YEAR}"), i64::try_from(changed)?)
            .await?;
        let makes: Vec<String> = (0..Self::STEPS).map(|step| format!("'{}'", Self::input(step))).collect();
        let of =
            format!("SELECT count(*) FROM cars WHERE (make IN ({})) <> (year = {YEAR})", makes.join(", "));
        store.expect(&of, 0).await
    }
}
