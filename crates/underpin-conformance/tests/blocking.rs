//! The blocking interface on PostgreSQL, SQLite and in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use underpin::blocking::Database;
use underpin::prelude::*;
use underpin_conformance::model::{Note, Person, PersonRow, Suite};
use underpin_conformance::{Scratch, Target};

fn scratch(target: Target) -> (Scratch, tokio::runtime::Runtime) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    (runtime.block_on(target.scratch()), runtime)
}

fn person(id: i64) -> PersonRow {
    Person::new(id, &format!("p{id}")).to_row()
}

fn every_verb(target: Target) {
    let (scratch, runtime) = scratch(target);
    let database = Database::<Suite>::connect(&scratch.url).unwrap();
    database.create_schema().unwrap();
    let mut uow = database.begin().unwrap();
    uow.add(&mut Person::new(1, "one")).unwrap();
    let note = uow.add(&mut Note::new("note")).unwrap();
    uow.flush().unwrap();
    let id = uow.row(note).unwrap().id;
    let savepoint = uow.savepoint().unwrap();
    uow.add(&mut Person::new(2, "two")).unwrap();
    uow.rollback_to(savepoint).unwrap();
    uow.release(savepoint).unwrap();
    uow.commit().unwrap();
    assert_eq!(database.get::<Note>(id).unwrap().unwrap().text, "note");
    assert_eq!(database.get_many::<Person>([1_i64, 2]).unwrap().len(), 1);

    let renamed = database
        .run(|mut uow| {
            let mut one = uow.get_for_update::<Person>(1)?.expect("it is there");
            one.name = "renamed".to_owned();
            uow.save(&mut one)?;
            uow.commit()?;
            Ok::<_, underpin::Error>(one.name)
        })
        .unwrap();
    let found =
        database.select::<Person>(|people| people.filter(PersonRow::NAME.eq(renamed)).limit(3)).unwrap();
    assert_eq!(found.len(), 1);

    let mut uow = database.begin().unwrap();
    assert_eq!(uow.ask(|uow| uow.insert_many((10..2_000).map(person)).execute()).unwrap(), 1_990);
    assert_eq!(uow.select::<Person>(|people| people.filter(PersonRow::ID.gt(1_990))).unwrap().len(), 9);
    uow.commit().unwrap();
    let mut seen = 0;
    let count = |people: Vec<Person>| {
        seen += people.len();
        Ok(())
    };
    database.portions::<Person>(|people| people, 300, count).unwrap();
    assert_eq!(seen, 1_991);

    let mut reads = database.read().unwrap();
    assert!(reads.get::<Person>(1).unwrap().is_some());
    assert_eq!(reads.get_many::<Person>([1_i64, 2]).unwrap().len(), 1);
    assert_eq!(reads.select::<Person>(|people| people.limit(3)).unwrap().len(), 3);
    assert_eq!(reads.ask(|reads| reads.select::<Person>().limit(2).all()).unwrap().len(), 2);
    reads.end().unwrap();
    assert!(database.fresh().get::<Person>(1).unwrap().is_some());

    let mut uow = database.begin().unwrap();
    uow.add(&mut Person::new(3, "never")).unwrap();
    uow.rollback().unwrap();
    assert_eq!(database.get::<Person>(3).unwrap(), None);
    drop(database);
    runtime.block_on(scratch.drop_database());
}

#[test]
fn every_verb_postgres() {
    every_verb(Target::Postgres);
}

#[test]
fn every_verb_sqlite() {
    every_verb(Target::Sqlite);
}

#[test]
fn every_verb_memory() {
    every_verb(Target::Memory);
}

/// Waiting inside an async task would stop its thread: an error that says so, not a panic.
#[test]
fn inside_an_async_task_it_is_an_error() {
    let (scratch, runtime) = scratch(Target::Postgres);
    let url = scratch.url.clone();
    let error = runtime.block_on(async move { Database::<Suite>::connect(&url).unwrap_err() });
    assert!(error.is_usage(), "{error:?}");
    runtime.block_on(scratch.drop_database());
}

/// SQLite and the in-memory store need no runtime, so that a script may use them inside an async program. Tokio lets a task
/// do only so much before it must give way; waiting on the spot must not wait for that.
fn far_beyond_a_tasks_budget(target: Target) {
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let (scratch, _other) = scratch(target);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let database = Database::<Suite>::connect(&scratch.url).unwrap();
            database.create_schema().unwrap();
            for id in 0..300 {
                let mut uow = database.begin().unwrap();
                uow.add(&mut Person::new(id, &format!("p{id}"))).unwrap();
                uow.commit().unwrap();
                assert!(database.get::<Person>(id).unwrap().is_some());
            }
            let mut seen = 0;
            let count = |people: Vec<Person>| {
                seen += people.len();
                Ok(())
            };
            database.portions::<Person>(|people| people, 1, count).unwrap();
            assert_eq!(seen, 300);
        });
        done.send(()).unwrap();
    });
    ended.recv_timeout(std::time::Duration::from_secs(60)).expect("it ends");
}

#[test]
fn far_beyond_a_tasks_budget_sqlite() {
    far_beyond_a_tasks_budget(Target::Sqlite);
}

#[test]
fn far_beyond_a_tasks_budget_memory() {
    far_beyond_a_tasks_budget(Target::Memory);
}
