//! Search of a catalogue: 100,000 cars with four indexes, two filters of which each may be missing, ordered by price, the
//! third page of twenty.
//!
//! Checked: every column of every car found enters a checksum, which must be that of the cars that the search means.

use super::Workload;
use crate::domain::Car;
use crate::failure::Result;
use crate::sample;
use crate::stage::{Store, same};
use crate::tally::Tally;
use crate::variant::{Entry, Roster};

const CARS: usize = 100_000;

/// Cars on a page, and those before it.
pub(crate) const PAGE: u32 = 20;
pub(crate) const BEFORE: u32 = 40;

/// What is looked for: a make, cars from a year on, both, or whatever is there.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    pub(crate) make: Option<String>,
    pub(crate) from_year: Option<i32>,
}

/// See the module.
pub(crate) struct CatalogueSearch;

/// The searches of a step: each combination of filters as often.
fn searches(step: usize) -> impl Iterator<Item = Search> {
    (0..CatalogueSearch::UNITS_PER_STEP).map(move |n| {
        let number = sample::scatter(step * CatalogueSearch::UNITS_PER_STEP + n, 50);
        Search {
            make: (n % 2 == 0).then(|| sample::MAKES[number % sample::MAKES.len()].to_owned()),
            from_year: (n / 2 % 2 == 0).then_some(1990 + 5 * i32::try_from(number / 10).unwrap_or_default()),
        }
    })
}

impl Workload for CatalogueSearch {
    const NAME: &'static str = "catalogue-search";
    const UNIT: &'static str = "search";
    const UNITS_PER_STEP: usize = 100;
    const STEPS: usize = 3;

    type Input = Vec<Search>;
    type Output = Tally;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.catalogue_search
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.index_cars(true).await?;
        store.add_cars(0..CARS).await
    }

    fn input(step: usize) -> Vec<Search> {
        searches(step).collect()
    }

    async fn check(_: &mut Store, outputs: Vec<Tally>) -> Result<()> {
        let mut cars: Vec<Car> = (0..CARS).map(sample::car).collect();
        cars.sort_by(|a, b| (a.price_mxn, &a.id).cmp(&(b.price_mxn, &b.id)));
        for (step, found) in outputs.into_iter().enumerate() {
            let mut expected = Tally::default();
            for Search { make, from_year } in searches(step) {
                let means = |car: &&Car| {
                    make.as_ref().is_none_or(|make| *make == car.make)
                        && from_year.is_none_or(|year| car.year >= year)
                };
                let page = cars.iter().filter(means).skip(BEFORE as usize).take(PAGE as usize);
                expected = expected.plus(Tally::of_cars(page.cloned()));
            }
            same("catalogue search", found, expected)?;
        }
        Ok(())
    }
}
