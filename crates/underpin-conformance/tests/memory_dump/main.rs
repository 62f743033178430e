//! The memory of a process that has let its secrets go holds neither a value nor a key.
//!
//! Each test lets `keeper` work and then reads all memory that it has, as a core dump would hold it. That what is looked
//! for would be found is shown by keepers that still have it.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod dump;
mod keeper;
mod needle;

use underpin_conformance::Target;

use dump::Dump;
use keeper::{Given, Keys};
use needle::{BASE64_KEY, Findings, PART, PREPARED, RAW_COLUMN_KEY, RAW_ROOT_KEY, RAW_VALUE};

async fn dump(target: Target, given: &Given, hold: &str, keys: Keys) -> Dump {
    let scratch = target.scratch().await;
    let dump = given.dump_of_keeper(hold, &scratch.url, keys);
    scratch.drop_database().await;
    assert!(dump.has("[heap]") && dump.has("[stack]"), "that is not all of its memory");
    dump
}

async fn found(target: Target, hold: &str, keys: Keys) -> Findings {
    let given = Given::new();
    needle::all(&given).search(&dump(target, &given, hold, keys).await)
}

#[tokio::test]
async fn what_was_let_go_is_not_there_on_sqlite() {
    found(Target::Sqlite, "nothing", Keys::File).await.is_nothing();
}

#[tokio::test]
async fn what_was_let_go_is_not_there_on_postgres() {
    found(Target::Postgres, "nothing", Keys::File).await.is_nothing();
}

#[tokio::test]
async fn what_a_panic_let_go_is_not_there() {
    found(Target::Sqlite, "nothing-after-a-panic", Keys::File).await.is_nothing();
}

/// `ring` makes a schedule of a key, whose first rounds are the key.
#[cfg(target_arch = "x86_64")]
#[tokio::test]
async fn what_was_prepared_of_keys_is_not_there() {
    let given = Given::new();
    let held = dump(Target::Sqlite, &given, "everything", Keys::File).await;
    let rounds = needle::rounds(&given, &held);
    assert!(rounds.search(&held).has(PREPARED));
    rounds.search(&dump(Target::Sqlite, &given, "nothing", Keys::File).await).is_nothing();
}

/// So it is in a core dump of a process that aborts while it has a secret.
#[tokio::test]
async fn what_is_held_is_there() {
    let found = found(Target::Sqlite, "everything", Keys::File).await;
    for what in [RAW_VALUE, RAW_ROOT_KEY, PREPARED, PART] {
        assert!(found.has(what), "{what} is not found, so nothing would be:\n{found}");
    }
}

#[tokio::test]
async fn a_copy_of_the_program_is_there() {
    let found = found(Target::Sqlite, "a-copy", Keys::File).await;
    assert!(found.has(RAW_VALUE), "{found}");
    assert!(
        ![RAW_ROOT_KEY, RAW_COLUMN_KEY, PREPARED, BASE64_KEY].iter().any(|what| found.has(what)),
        "{found}"
    );
}

/// The environment is the process's for as long as it lives; what was made of it is gone.
#[tokio::test]
async fn keys_of_the_environment_stay_there() {
    let found = found(Target::Sqlite, "nothing", Keys::Environment).await;
    assert!(found.has(BASE64_KEY), "{found}");
    assert!(
        ![RAW_ROOT_KEY, RAW_COLUMN_KEY, PREPARED, RAW_VALUE].iter().any(|what| found.has(what)),
        "{found}"
    );
}
