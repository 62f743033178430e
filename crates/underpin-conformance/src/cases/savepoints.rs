//! Savepoints: the identity map goes back with the database.

use underpin::Database;

use crate::model::{Person, Suite};

/// Nested savepoints: what is known, changed and removed goes back in steps.
pub async fn nested_savepoints_go_back_in_steps(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "one")).unwrap();
    let outer = uow.savepoint().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    one.name = "changed".to_owned();
    uow.save(&mut one).unwrap();
    let inner = uow.savepoint().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    uow.remove(&mut one).unwrap();
    uow.add(&mut Person::new(2, "two")).unwrap();
    uow.flush().await.unwrap();
    assert_eq!(uow.get::<Person>(1).await.unwrap(), None);

    uow.rollback_to(inner).await.unwrap();
    assert_eq!(uow.get::<Person>(1).await.unwrap().unwrap().name, "changed");
    assert_eq!(uow.get::<Person>(2).await.unwrap(), None);

    uow.rollback_to(outer).await.unwrap();
    let one = uow.get::<Person>(1).await.unwrap().unwrap();
    assert_eq!((one.name.as_str(), one.version), ("one", 1));
    assert!(uow.release(inner).await.unwrap_err().is_usage());
    uow.commit().await.unwrap();
    assert_eq!(database.get::<Person>(1).await.unwrap().unwrap().name, "one");
}

/// A failed flush can be taken back to a savepoint, and the unit of work goes on.
pub async fn failure_is_taken_back(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "taken")).unwrap();
    let savepoint = uow.savepoint().await.unwrap();
    uow.add(&mut Person::new(2, "taken")).unwrap();
    assert!(uow.flush().await.unwrap_err().is_unique_violation());
    assert!(uow.get::<Person>(1).await.unwrap_err().is_usage());
    assert!(uow.flush().await.unwrap_err().is_usage());
    uow.rollback_to(savepoint).await.unwrap();
    uow.add(&mut Person::new(2, "free")).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.select::<Person>().all().await.unwrap().len(), 2);
}

/// Released, a savepoint keeps what was done, and an outer one can still take it back.
pub async fn released_savepoint_keeps_changes(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "one")).unwrap();
    let outer = uow.savepoint().await.unwrap();
    let inner = uow.savepoint().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    one.name = "inner".to_owned();
    uow.save(&mut one).unwrap();
    uow.flush().await.unwrap();
    uow.release(inner).await.unwrap();
    assert_eq!(uow.get::<Person>(1).await.unwrap().unwrap().name, "inner");
    uow.rollback_to(outer).await.unwrap();
    assert_eq!(uow.get::<Person>(1).await.unwrap().unwrap().name, "one");
    uow.rollback().await.unwrap();
}

/// An unusable unit of work says so, and can be rolled back.
pub async fn failure_without_savepoint_ends_the_work(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "a")).unwrap();
    uow.add(&mut Person::new(2, "a")).unwrap();
    assert!(uow.flush().await.unwrap_err().is_unique_violation());
    let error = uow.add(&mut Person::new(3, "b")).unwrap_err();
    assert!(error.is_usage() && error.hint().is_some(), "{error:?}");
    assert!(uow.commit().await.unwrap_err().is_usage());
    assert_eq!(database.select::<Person>().all().await.unwrap(), []);
}
