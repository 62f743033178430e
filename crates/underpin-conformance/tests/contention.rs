//! Units of work that meet: one version has one winner, and what a database asks to be run again is run again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use tokio::sync::Barrier;
use underpin::{Database, Isolation, RetryPolicy, TransactionOptions};
use underpin_conformance::model::{Person, Suite};
use underpin_conformance::{Scratch, Target};

async fn prepared(scratch: &Scratch) -> Database<Suite> {
    let database = scratch.database::<Suite>().await;
    let mut uow = database.begin().await.unwrap();
    for id in 1..=2 {
        uow.add(&mut Person { events: Vec::new(), ..Person::new(id, &format!("p{id}")) }).unwrap();
    }
    uow.commit().await.unwrap();
    database
}

async fn close(database: Database<Suite>, scratch: Scratch) {
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}

/// Several tasks have read one version; all change it at the same moment.
async fn one_version_has_one_winner(target: Target) {
    const TASKS: u32 = 4;
    const ROUNDS: i64 = 25;
    let scratch = target.scratch().await;
    let database = prepared(&scratch).await;
    for round in 0..ROUNDS {
        let read = database.get::<Person>(1).await.unwrap().unwrap();
        assert_eq!(read.version, 1 + round);
        let start = Arc::new(Barrier::new(TASKS as usize));
        let tasks: Vec<_> = (0..TASKS)
            .map(|task| {
                let (database, start, read) = (database.clone(), Arc::clone(&start), read.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    let mut uow = database.begin().await?;
                    uow.attach(&read)?;
                    let mut mine = Person { name: format!("round {round} task {task}"), ..read };
                    mine.events.push("person_changed");
                    uow.save(&mut mine)?;
                    uow.commit().await.map(|()| mine.name)
                })
            })
            .collect();
        let mut winners = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(name) => winners.push(name),
                Err(error) => {
                    assert!(error.is_stale(), "{error:?}");
                    assert_eq!((error.table(), error.key()), (Some("persons"), Some("1")));
                }
            }
        }
        assert_eq!(winners.len(), 1, "{winners:?}");
        assert_eq!(database.get::<Person>(1).await.unwrap().unwrap().name, winners[0]);
    }
    let events = underpin_conformance::random::contents(&database).await.unwrap().events;
    assert_eq!(
        events.len(),
        usize::try_from(ROUNDS).unwrap(),
        "an event for each winner, none for the others"
    );
    close(database, scratch).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_version_has_one_winner_postgres() {
    one_version_has_one_winner(Target::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_version_has_one_winner_sqlite() {
    one_version_has_one_winner(Target::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_version_has_one_winner_memory() {
    one_version_has_one_winner(Target::Memory).await;
}

/// Serializable transactions that read one row and write the other: one fails, is run again, and both end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serialization_failures_are_run_again() {
    let scratch = Target::Postgres.scratch().await;
    let database = prepared(&scratch).await;
    let runs = Arc::new(AtomicU32::new(0));
    let both_have_read = Arc::new(Barrier::new(2));
    let policy = RetryPolicy::default().options(TransactionOptions::new().isolation(Isolation::Serializable));
    let tasks: Vec<_> = [(1, 2), (2, 1)]
        .into_iter()
        .map(|(read, write)| {
            let (database, runs, barrier) =
                (database.clone(), Arc::clone(&runs), Arc::clone(&both_have_read));
            tokio::spawn(async move {
                let (runs, barrier) = (&runs, &barrier);
                let first = &AtomicBool::new(true);
                policy
                    .run(&database, |mut uow| async move {
                        runs.fetch_add(1, Ordering::Relaxed);
                        let seen = uow.get::<Person>(read).await?.expect("it is there");
                        let mut other = uow.get::<Person>(write).await?.expect("it is there");
                        if first.swap(false, Ordering::Relaxed) {
                            barrier.wait().await;
                        }
                        other.nickname = Some(format!("{} seen", seen.nickname.unwrap_or(seen.name)));
                        uow.save(&mut other)?;
                        uow.commit().await
                    })
                    .await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert!(runs.load(Ordering::Relaxed) >= 3, "nothing was run again");
    let nickname = async |id: i64| database.get::<Person>(id).await.unwrap().unwrap().nickname.unwrap();
    let (first, second) = (nickname(1).await, nickname(2).await);
    // As if one had run after the other: the second has seen what the first has written.
    assert!(first == "p1 seen seen" || second == "p2 seen seen", "{first} {second}");
    close(database, scratch).await;
}

/// Two tasks lock two rows in opposite order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deadlocks_are_run_again() {
    let scratch = Target::Postgres.scratch().await;
    let database = prepared(&scratch).await;
    let both_have_locked = Arc::new(Barrier::new(2));
    let runs = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = [(1, 2), (2, 1)]
        .into_iter()
        .map(|(one, other)| {
            let (database, barrier, runs) =
                (database.clone(), Arc::clone(&both_have_locked), Arc::clone(&runs));
            tokio::spawn(async move {
                let (runs, barrier) = (&runs, &barrier);
                let first = &AtomicBool::new(true);
                database
                    .run(|mut uow| async move {
                        runs.fetch_add(1, Ordering::Relaxed);
                        uow.get_for_update::<Person>(one).await?;
                        if first.swap(false, Ordering::Relaxed) {
                            barrier.wait().await;
                        }
                        uow.get_for_update::<Person>(other).await?;
                        uow.commit().await
                    })
                    .await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    // Three, or two more for each time that the one which was ended takes its first row again before the other, which
    // waits for it, is woken: the server gives a row that nobody holds to whoever comes first.
    let runs = runs.load(Ordering::Relaxed);
    assert!(runs >= 3, "{runs} runs: nothing was run again");
    close(database, scratch).await;
}

/// Units of work that change the same rows in their own orders do not lock each other out: groups are sorted by key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flushes_lock_in_one_order() {
    let scratch = Target::Postgres.scratch().await;
    let database = prepared(&scratch).await;
    let tasks: Vec<_> = (0..4)
        .map(|task| {
            let database = database.clone();
            tokio::spawn(async move {
                for round in 0..25 {
                    let mut people = database.get_many::<Person>([1, 2]).await?;
                    people.sort_by_key(|person| if task % 2 == 0 { person.id } else { -person.id });
                    let mut uow = database.begin().await?;
                    for person in &mut people {
                        uow.attach(person)?;
                        person.nickname = Some(format!("{} {task} {round}", person.id));
                        uow.save(person)?;
                    }
                    match uow.commit().await {
                        Err(error) if !error.is_stale() => return Err(error),
                        _ => {}
                    }
                }
                Ok(())
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    close(database, scratch).await;
}
