//! Stream 1,000,000 cars without keeping them: not a race, each variant runs in a process of its own whose memory is watched.
//!
//! Checked: every column of every car enters a checksum, which must be that of the cars in the table.

use super::Workload;
use crate::failure::Result;
use crate::memory::Gauge;
use crate::sample;
use crate::stage::{Store, same};
use crate::tally::Tally;
use crate::variant::{Entry, Roster};

/// How many cars stream by.
const CARS: usize = 1_000_000;

/// See the module.
pub(crate) struct StreamRows;

impl StreamRows {
    /// Fails unless every car was seen once.
    pub(crate) fn check_tally(gauge: &Gauge) -> Result<()> {
        same("stream of the cars", gauge.tally, Tally::of_cars((0..CARS).map(sample::car)))
    }
}

impl Workload for StreamRows {
    const NAME: &'static str = "stream-1000000";
    const UNIT: &'static str = "stream";
    const STEPS: usize = 1;

    /// Enter every car here, and hand it back.
    type Input = Gauge;
    type Output = Gauge;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.stream_rows
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.index_cars(false).await?;
        store.add_cars(0..CARS).await
    }

    fn input(_: usize) -> Gauge {
        Gauge::default()
    }

    async fn check(_: &mut Store, outputs: Vec<Gauge>) -> Result<()> {
        outputs.iter().try_for_each(Self::check_tally)
    }
}
