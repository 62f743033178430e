//! Events are stored in the transaction that commits the data, or not at all.

use underpin::Database;

use crate::model::{Person, Suite};

/// The names of the stored events, in their order.
pub(super) async fn names(database: &Database<Suite>) -> Vec<String> {
    let held = crate::random::contents(database).await.unwrap();
    held.events.into_iter().map(|(what, _)| what).collect()
}

/// A commit stores data and events, in the order in which they were raised.
pub async fn commit_stores_events(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    for id in [3, 1, 2] {
        uow.add(&mut Person::new(id, &format!("p{id}"))).unwrap();
    }
    assert_eq!(uow.outgoing().len(), 3);
    uow.commit().await.unwrap();
    let held = crate::random::contents(database).await.unwrap();
    assert_eq!(held.events.iter().map(|(_, id)| *id).collect::<Vec<_>>(), [3, 1, 2]);
}

/// A rollback, a dropped unit of work and a refused commit leave neither data nor events.
pub async fn no_commit_no_events(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "rolled back")).unwrap();
    uow.flush().await.unwrap();
    uow.rollback().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(2, "dropped")).unwrap();
    uow.flush().await.unwrap();
    drop(uow);

    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(3, "twice")).unwrap();
    uow.add(&mut Person::new(4, "twice")).unwrap();
    assert!(uow.commit().await.unwrap_err().is_unique_violation());

    assert_eq!(names(database).await, [""; 0]);
    assert_eq!(database.select::<Person>().all().await.unwrap(), []);
}

/// A unit of work that only appends.
pub async fn events_without_data(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.append(crate::model::event("alone", "person", 9));
    uow.commit().await.unwrap();
    assert_eq!(names(database).await, ["alone"]);
}

/// Going back to a savepoint takes the events since then back too.
pub async fn savepoint_takes_events_back(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "kept")).unwrap();
    let savepoint = uow.savepoint().await.unwrap();
    uow.add(&mut Person::new(2, "flushed, then taken back")).unwrap();
    uow.flush().await.unwrap();
    uow.add(&mut Person::new(3, "pending, then taken back")).unwrap();
    uow.rollback_to(savepoint).await.unwrap();
    uow.commit().await.unwrap();
    let held = crate::random::contents(database).await.unwrap();
    assert_eq!(held.events, [("person_added".to_owned(), 1)]);
}
