//! Mixed flush: 20 inserts, 20 versioned updates, 5 deletes and 10 events in one transaction, half a millisecond from the server.
//!
//! The accounts are loaded before the clock starts. An update must fail the transaction if the version in the table is
//! not the one that was loaded. Checked: counts, the sum of all balances, and the sum of all versions.

use rust_decimal::Decimal;

use super::{Network, Workload, count};
use crate::domain::{Account, Event};
use crate::failure::Result;
use crate::sample;
use crate::stage::{Store, same};
use crate::variant::{Entry, Roster};

/// How many accounts are there before; numbered from 1.
const ACCOUNTS: usize = 1_000;
const INSERTS: usize = 20;
const UPDATES: usize = 20;
const DELETES: usize = 5;
const EVENTS: usize = 10;
/// Hundredths in each account at first.
const BALANCE: usize = 100_000;

/// See the module.
pub(crate) struct MixedFlush;

/// The work of one transaction.
pub(crate) struct Flush {
    /// Accounts to insert.
    pub(crate) new: Vec<Account>,
    /// Keys of the accounts to load in `prepare`; `run` adds `credit` to the balance of each and 1 to its version.
    pub(crate) changed: Vec<i64>,
    /// What to add.
    pub(crate) credit: Decimal,
    /// Keys of the accounts to load in `prepare` and to delete in `run`.
    pub(crate) removed: Vec<i64>,
    /// Events to insert into `outbox`.
    pub(crate) events: Vec<Event>,
}

impl Flush {
    /// The keys of all accounts to load.
    pub(crate) fn loaded(&self) -> Vec<i64> {
        self.changed.iter().chain(&self.removed).copied().collect()
    }
}

impl Workload for MixedFlush {
    const NAME: &'static str = "mixed-flush";
    const UNIT: &'static str = "transaction";
    const STEPS: usize = 5;
    const NETWORK: Network = Network::Slow;

    type Input = Flush;
    type Output = ();

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.mixed_flush
    }

    async fn set_up(_: &mut Store) -> Result<()> {
        Ok(())
    }

    async fn reset(store: &mut Store) -> Result<()> {
        store.clear().await?;
        store.add_accounts(1..ACCOUNTS + 1).await
    }

    fn input(step: usize) -> Flush {
        let first_new = 1 + ACCOUNTS + step * INSERTS;
        let first = 1 + step * (UPDATES + DELETES);
        Flush {
            new: (first_new..first_new + INSERTS).map(sample::account).collect(),
            changed: (first..first + UPDATES).map(count).collect(),
            credit: Decimal::new(100, 2),
            removed: (first + UPDATES..first + UPDATES + DELETES).map(count).collect(),
            events: (first..first + EVENTS).map(sample::credited).collect(),
        }
    }

    async fn check(store: &mut Store, outputs: Vec<()>) -> Result<()> {
        let done = outputs.len();
        let accounts = ACCOUNTS + done * INSERTS - done * DELETES;
        store.expect("SELECT count(*) FROM accounts", count(accounts)).await?;
        store.expect("SELECT count(*) FROM accounts WHERE version = 2", count(done * UPDATES)).await?;
        store
            .expect("SELECT CAST(sum(version) AS bigint) FROM accounts", count(accounts + done * UPDATES))
            .await?;
        let balances = accounts * BALANCE + done * UPDATES * 100;
        same("the sum of balances", store.cents("accounts", "balance").await?, count(balances))?;
        store.expect("SELECT count(*) FROM outbox", count(done * EVENTS)).await
    }
}
