//! Unit of work, 400: 100 new users, 100 loaded users with one column changed, 200 events, in one transaction.
//!
//! The 100 users are loaded before the clock starts; it runs from the first change to the answer to the commit.
//! Checked: the number of users and of events, and that exactly the changed users are verified.

use super::{Workload, count};
use crate::domain::{Event, User};
use crate::failure::Result;
use crate::sample;
use crate::stage::Store;
use crate::variant::{Entry, Roster};

/// How many users are there before.
const USERS: usize = 1_000;
/// How many of each kind one transaction has.
const EACH: usize = 100;

/// See the module.
pub(crate) struct UnitOfWorkMany;

/// The work of one transaction.
pub(crate) struct Batch {
    /// Users to insert.
    pub(crate) new: Vec<User>,
    /// Keys of the users to load in `prepare` and to set `email_verified` of in `run`.
    pub(crate) changed: Vec<String>,
    /// Events to insert into `outbox`.
    pub(crate) events: Vec<Event>,
}

impl Workload for UnitOfWorkMany {
    const NAME: &'static str = "unit-of-work-400";
    const UNIT: &'static str = "transaction";
    const STEPS: usize = 5;

    type Input = Batch;
    type Output = ();

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.unit_of_work_many
    }

    async fn set_up(_: &mut Store) -> Result<()> {
        Ok(())
    }

    async fn reset(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.add_users(0..USERS).await
    }

    fn input(step: usize) -> Batch {
        let new = USERS + step * EACH..USERS + (step + 1) * EACH;
        let changed = step * EACH..(step + 1) * EACH;
        Batch {
            new: new.clone().map(sample::user).collect(),
            changed: changed.clone().map(sample::user_id).collect(),
            events: new.map(sample::registered).chain(changed.map(sample::verified)).collect(),
        }
    }

    async fn check(store: &mut Store, outputs: Vec<()>) -> Result<()> {
        let done = outputs.len() * EACH;
        store.expect("SELECT count(*) FROM users", count(USERS + done)).await?;
        store.expect("SELECT count(*) FROM users WHERE email_verified", count(done)).await?;
        let changed = format!(
            "SELECT count(*) FROM users WHERE email_verified AND id <= '{}'",
            sample::user_id(done - 1)
        );
        store.expect(&changed, count(done)).await?;
        store.expect("SELECT count(*) FROM outbox", count(2 * done)).await?;
        store.expect("SELECT count(DISTINCT aggregate_id) FROM outbox", count(2 * done)).await
    }
}
