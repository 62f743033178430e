//! 10,000 tokens of 32 characters, in plain and encrypted: written by one unit of work, and read into a vector of entities.
//!
//! Checked: how many rows are there, and that every value that is read is the one that was written for its row. Those
//! who encrypt are compared with the same program in plain.

use super::{Workload, count};
use crate::failure::Result;
use crate::stage::{Store, same};
use crate::variant::{Entry, Roster};

/// How many tokens there are.
pub(crate) const TOKENS: usize = 10_000;

/// Where each form has its rows; a token in plain, as bytes, and in base64.
const TABLES: &str = "
    DROP TABLE IF EXISTS plain_tokens;
    DROP TABLE IF EXISTS sealed_tokens;
    DROP TABLE IF EXISTS base64_tokens;
    CREATE TABLE plain_tokens (id varchar(36) NOT NULL PRIMARY KEY, owner varchar(36) NOT NULL, \
        kind varchar(50) NOT NULL, value text NOT NULL, created_at {time} NOT NULL, updated_at {time} NOT NULL);
    CREATE TABLE sealed_tokens (id varchar(36) NOT NULL PRIMARY KEY, owner varchar(36) NOT NULL, \
        kind varchar(50) NOT NULL, value {bytes} NOT NULL, created_at {time} NOT NULL, updated_at {time} NOT NULL);
    CREATE TABLE base64_tokens (id varchar(36) NOT NULL PRIMARY KEY, owner varchar(36) NOT NULL, \
        kind varchar(50) NOT NULL, value text NOT NULL, created_at {time} NOT NULL, updated_at {time} NOT NULL);
";

const CLEAR: &str = "
    DELETE FROM plain_tokens;
    DELETE FROM sealed_tokens;
    DELETE FROM base64_tokens;
";

const WRITTEN: &str = "SELECT (SELECT count(*) FROM plain_tokens) + (SELECT count(*) FROM sealed_tokens) \
    + (SELECT count(*) FROM base64_tokens)";

/// Write them.
pub(crate) struct WriteTokens;

/// Read them.
pub(crate) struct ReadTokens;

/// The id and the value of a token.
pub(crate) fn token(number: usize) -> (String, String) {
    (format!("token_{number:026}"), format!("access-production-{:014x}", number * 7_919))
}

async fn set_up(store: &mut Store) -> Result<()> {
    let (time, bytes) = match store {
        Store::Postgres(_) => ("timestamptz", "bytea"),
        Store::Sqlite(_) => ("text", "blob"),
    };
    store.script(&TABLES.replace("{time}", time).replace("{bytes}", bytes)).await
}

impl Workload for WriteTokens {
    const NAME: &'static str = "write-10000-tokens";
    const UNIT: &'static str = "10,000 rows";
    const STEPS: usize = 1;

    type Input = Vec<(String, String)>;
    type Output = ();

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.write_tokens
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        set_up(store).await
    }

    async fn reset(store: &mut Store) -> Result<()> {
        store.script(CLEAR).await
    }

    fn input(_: usize) -> Vec<(String, String)> {
        (0..TOKENS).map(token).collect()
    }

    async fn check(store: &mut Store, _: Vec<()>) -> Result<()> {
        store.expect(WRITTEN, count(TOKENS)).await
    }
}

impl Workload for ReadTokens {
    const NAME: &'static str = "read-10000-tokens";
    const UNIT: &'static str = "10,000 rows";
    const STEPS: usize = 3;

    type Input = ();
    /// How many values were read that belong to their rows.
    type Output = usize;

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.read_tokens
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        set_up(store).await
    }

    fn input(_: usize) {}

    async fn check(_: &mut Store, outputs: Vec<usize>) -> Result<()> {
        outputs.into_iter().try_for_each(|right| same("values in their rows", right, TOKENS))
    }
}
