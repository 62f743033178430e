//! Ten thousand random units of work end alike in the model, on PostgreSQL, on SQLite and in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use underpin_conformance::random::{Outcome, Reference, contents, replay, unit_of_work};
use underpin_conformance::{Target, model::Suite};

/// Units of work for each target, in chunks that run side by side.
const UNITS: u64 = 10_000;
const CHUNKS: u64 = 4;

async fn run(target: Target, chunk: u64) {
    let scratch = target.scratch().await;
    let database = scratch.database::<Suite>().await;
    let mut reference = Reference::default();
    let mut committed = 0;
    let mut refused = 0;
    let seeds = UNITS / CHUNKS * chunk..UNITS / CHUNKS * (chunk + 1);
    for seed in seeds.clone() {
        let (steps, commit) = unit_of_work(seed);
        let expected = reference.execute(&steps, commit);
        let found = replay(&database, &steps, commit).await;
        let agree = expected == found
            || expected == Outcome::Either && matches!(found, Outcome::Unique | Outcome::ForeignKey);
        assert!(agree, "seed {seed}: expected {expected:?}, found {found:?}\n{steps:#?}");
        match found {
            Outcome::Committed => committed += 1,
            Outcome::Unique | Outcome::ForeignKey => refused += 1,
            _ => {}
        }
        if seed % 100 == 0 || seed + 1 == seeds.end {
            assert_eq!(&contents(&database).await.unwrap(), reference.contents(), "after seed {seed}");
        }
    }
    // The seeds must exercise both ends, or the test shows nothing.
    assert!(committed > UNITS / CHUNKS / 5, "only {committed} were committed");
    assert!(refused > UNITS / CHUNKS / 20, "only {refused} were refused");
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}

macro_rules! chunks {
    ($($name:ident: $target:ident $chunk:literal;)*) => {
        $(#[tokio::test]
        async fn $name() {
            run(Target::$target, $chunk).await;
        })*
    };
}

chunks! {
    memory_0: Memory 0;
    memory_1: Memory 1;
    memory_2: Memory 2;
    memory_3: Memory 3;
    sqlite_0: Sqlite 0;
    sqlite_1: Sqlite 1;
    sqlite_2: Sqlite 2;
    sqlite_3: Sqlite 3;
    postgres_0: Postgres 0;
    postgres_1: Postgres 1;
    postgres_2: Postgres 2;
    postgres_3: Postgres 3;
}
