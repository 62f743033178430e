//! A page of 50 cars behind a cursor, in a table of a million: the first page, which has no key to look for, the second, and
//! page 10,000, which should cost what the second does.
//!
//! Checked: every column of every car of a page enters a checksum, which must be that of the cars that stand there.

use super::Workload;
use crate::failure::Result;
use crate::sample;
use crate::stage::{Store, same};
use crate::tally::Tally;
use crate::variant::{Entry, Roster};

const CARS: usize = 1_000_000;

/// Cars on a page.
pub(crate) const PAGE: usize = 50;

/// The number of the late page.
pub(crate) const LATE: usize = 10_000;

/// See the module.
pub(crate) struct KeysetPage;

/// A contender says which page it read, and what stood there.
pub(crate) type Read = (usize, Tally);

impl Workload for KeysetPage {
    const NAME: &'static str = "keyset-page";
    const UNIT: &'static str = "page";
    const UNITS_PER_STEP: usize = 100;
    const STEPS: usize = 3;

    /// How often to read it.
    type Input = usize;
    type Output = Read;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.keyset_page
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.index_cars(false).await?;
        store.add_cars(0..CARS).await
    }

    fn input(_: usize) -> usize {
        Self::UNITS_PER_STEP
    }

    async fn check(_: &mut Store, outputs: Vec<Read>) -> Result<()> {
        for (number, found) in outputs {
            let from = (number - 1) * PAGE;
            let once = Tally::of_cars((from..from + PAGE).map(sample::car));
            let expected = (0..Self::UNITS_PER_STEP).fold(Tally::default(), |sum, _| sum.plus(once));
            same(&format!("page {number}"), found, expected)?;
        }
        Ok(())
    }
}
