//! Unit of work, 1 + 1: one user and one event in a transaction of their own, one transaction after the other.
//!
//! Checked: both tables hold one row per transaction, and every event belongs to a user who is there.

use super::{Workload, count};
use crate::domain::{Event, User};
use crate::failure::Result;
use crate::sample;
use crate::stage::Store;
use crate::variant::{Entry, Roster};

/// How many users are there before.
const USERS: usize = 1_000;

const ORPHANS: &str =
    "SELECT count(*) FROM outbox o WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = o.aggregate_id)";

/// See the module.
pub(crate) struct UnitOfWorkOne;

impl Workload for UnitOfWorkOne {
    const NAME: &'static str = "unit-of-work-1";
    const UNIT: &'static str = "transaction";
    const UNITS_PER_STEP: usize = 100;
    const STEPS: usize = 3;

    /// A user and an event for each transaction.
    type Input = Vec<(User, Event)>;
    type Output = ();

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.unit_of_work_one
    }

    async fn set_up(_: &mut Store) -> Result<()> {
        Ok(())
    }

    async fn reset(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.add_users(0..USERS).await
    }

    fn input(step: usize) -> Self::Input {
        let first = USERS + step * Self::UNITS_PER_STEP;
        (first..first + Self::UNITS_PER_STEP).map(|n| (sample::user(n), sample::registered(n))).collect()
    }

    async fn check(store: &mut Store, outputs: Vec<()>) -> Result<()> {
        let transactions = outputs.len() * Self::UNITS_PER_STEP;
        store.expect("SELECT count(*) FROM users", count(USERS + transactions)).await?;
        store.expect("SELECT count(*) FROM outbox WHERE processed_at IS NULL", count(transactions)).await?;
        store.expect(ORPHANS, 0).await
    }
}
