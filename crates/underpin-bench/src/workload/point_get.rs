//! Point get: one user by primary key, one get after the other on one connection.
//!
//! Checked: every column of every user found enters a checksum, which must be that of the users asked for.

use super::Workload;
use crate::failure::Result;
use crate::sample;
use crate::stage::{Store, same};
use crate::tally::Tally;
use crate::variant::{Entry, Roster};

/// How many users there are.
const USERS: usize = 10_000;

/// See the module.
pub(crate) struct PointGet;

/// The users that a step asks for, as their numbers.
fn asked(step: usize) -> impl Iterator<Item = usize> {
    (0..PointGet::UNITS_PER_STEP).map(move |n| sample::scatter(step * PointGet::UNITS_PER_STEP + n, USERS))
}

impl Workload for PointGet {
    const NAME: &'static str = "point-get";
    const UNIT: &'static str = "get";
    const UNITS_PER_STEP: usize = 500;
    const STEPS: usize = 3;

    /// The keys, in the order in which to get them.
    type Input = Vec<String>;
    type Output = Tally;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.point_get
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.add_users(0..USERS).await
    }

    fn input(step: usize) -> Vec<String> {
        asked(step).map(sample::user_id).collect()
    }

    async fn check(_: &mut Store, outputs: Vec<Tally>) -> Result<()> {
        for (step, found) in outputs.into_iter().enumerate() {
            same("point get", found, Tally::of_users(asked(step).map(sample::user)))?;
        }
        Ok(())
    }
}
