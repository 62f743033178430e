//! A process that is killed while it commits leaves data and events that agree exactly.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use underpin_conformance::model::Suite;
use underpin_conformance::random::{Contents, Rng, contents};
use underpin_conformance::{Scratch, Target};

const ROUNDS: u64 = 40;

/// Starts a committer and kills it at a random time after its first commit.
fn commit_until_killed(scratch: &Scratch, round: u64, rng: &mut Rng) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_committer"))
        .arg(&scratch.url)
        .arg((1 + round * 1_000_000).to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the committer starts");
    let mut said = String::new();
    BufReader::new(child.stdout.take().expect("its output is captured"))
        .read_line(&mut said)
        .expect("a line");
    assert_eq!(said, "committed\n");
    std::thread::sleep(Duration::from_micros(rng.below(50_000)));
    let ended = child.try_wait().expect("the committer can be asked");
    assert!(ended.is_none(), "the committer ended by itself: {ended:?}");
    child.kill().expect("the committer is killed");
    child.wait().expect("the committer is gone");
}

/// Every unit of work is there whole, or not at all.
fn agree(held: &Contents) {
    let mut added: BTreeMap<i64, u32> = BTreeMap::new();
    let mut changed: BTreeMap<i64, u32> = BTreeMap::new();
    for (what, id) in &held.events {
        *(if what == "person_added" { &mut added } else { &mut changed }).entry(*id).or_default() += 1;
    }
    assert!(added.values().all(|count| *count == 1) && changed.values().all(|count| *count == 1));
    assert!(added.keys().eq(held.persons.keys()), "an event without its person, or the reverse");
    let in_team: Vec<i64> =
        held.persons.iter().filter(|(_, person)| person.3.is_some()).map(|(id, _)| *id).collect();
    assert!(changed.keys().eq(in_team.iter()), "a change without its event, or the reverse");
    assert_eq!(held.persons.len(), held.teams.len() * 5);
    assert_eq!(in_team.len(), held.teams.len() * 2);
}

async fn survive(target: Target) {
    let scratch = target.scratch().await;
    let database = scratch.database::<Suite>().await;
    let mut rng = Rng::new(4711);
    let mut before = 0;
    for round in 0..ROUNDS {
        commit_until_killed(&scratch, round, &mut rng);
        // PostgreSQL may finish a commit that was sent just before the kill.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let held = contents(&database).await.unwrap();
        agree(&held);
        assert!(held.persons.len() > before, "what was said to be committed is not there");
        before = held.persons.len();
    }
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}

#[tokio::test]
async fn sqlite() {
    survive(Target::Sqlite).await;
}

#[tokio::test]
async fn postgres() {
    survive(Target::Postgres).await;
}
