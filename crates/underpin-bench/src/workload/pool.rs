//! Pool: 32 tasks on a pool of 10 connections, each getting one user by key after the other, a checkout for each get.
//!
//! Figures are per get over all tasks, so the reciprocal is the throughput. Checked: as in the point get.

use super::{Runtime, Workload};
use crate::failure::Result;
use crate::sample;
use crate::stage::{Store, same};
use crate::tally::Tally;
use crate::variant::{Entry, Roster};

/// How many connections a pool has.
pub(crate) const CONNECTIONS: usize = 10;
const TASKS: usize = 32;
const GETS: usize = 100;
const USERS: usize = 10_000;

/// See the module.
pub(crate) struct Pool;

/// The users that a task asks for in a step, as their numbers.
fn asked(step: usize, task: usize) -> impl Iterator<Item = usize> {
    (0..GETS).map(move |n| sample::scatter((step * TASKS + task) * GETS + n, USERS))
}

impl Workload for Pool {
    const NAME: &'static str = "pool-32-on-10";
    const UNIT: &'static str = "get";
    const UNITS_PER_STEP: usize = TASKS * GETS;
    const STEPS: usize = 3;
    const RUNTIME: Runtime = Runtime::Multi;

    /// For each task its keys.
    type Input = Vec<Vec<String>>;
    /// Over all tasks.
    type Output = Tally;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.pool
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.add_users(0..USERS).await
    }

    fn input(step: usize) -> Self::Input {
        (0..TASKS).map(|task| asked(step, task).map(sample::user_id).collect()).collect()
    }

    async fn check(_: &mut Store, outputs: Vec<Tally>) -> Result<()> {
        for (step, found) in outputs.into_iter().enumerate() {
            let users = (0..TASKS).flat_map(|task| asked(step, task)).map(sample::user);
            same("gets through the pool", found, Tally::of_users(users))?;
        }
        Ok(())
    }
}
