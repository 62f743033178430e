//! The identity map: one version of each row in a unit of work.

use underpin::Database;

use crate::model::{Badge, BadgeRow, Person, PersonRow, Suite, Team};

/// A second look gives the unit of work's own version, by key or by query.
pub async fn own_version_counts(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "one")).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    one.nickname = Some("mine".to_owned());
    uow.save(&mut one).unwrap();
    assert_eq!(uow.get::<Person>(1).await.unwrap().unwrap().nickname.as_deref(), Some("mine"));
    let found = uow.select::<Person>().filter(PersonRow::NAME.eq("one")).all().await.unwrap();
    assert_eq!(found[0].nickname.as_deref(), Some("mine"));
    let found = uow.get_many::<Person>([1, 2]).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].nickname.as_deref(), Some("mine"));
    uow.remove(&mut one).unwrap();
    assert_eq!(uow.get::<Person>(1).await.unwrap(), None);
    assert_eq!(uow.select::<Person>().all().await.unwrap(), []);
    uow.rollback().await.unwrap();
}

/// What the unit of work does not know cannot be saved or removed; what it knows cannot be added.
pub async fn wrong_use_is_an_error_that_helps(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let mut stranger = Person::new(1, "stranger");
    for error in [uow.save(&mut stranger).unwrap_err(), uow.remove(&mut stranger).unwrap_err()] {
        assert!(
            error.is_usage() && error.to_string().contains("persons") && error.hint().is_some(),
            "{error:?}"
        );
    }
    uow.add(&mut stranger).unwrap();
    assert!(uow.add(&mut stranger).unwrap_err().is_usage());
    uow.remove(&mut stranger).unwrap();
    assert!(uow.save(&mut stranger).unwrap_err().is_usage());
    uow.add(&mut stranger).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.select::<Person>().all().await.unwrap().len(), 1);
}

/// Added and removed, or changed and changed back: nothing is written.
pub async fn nothing_to_do_sends_nothing(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person { events: Vec::new(), ..Person::new(1, "one") }).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    one.name = "changed".to_owned();
    uow.save(&mut one).unwrap();
    one.name = "one".to_owned();
    uow.save(&mut one).unwrap();
    uow.add(&mut Team { id: 1, name: "short-lived".to_owned(), lead: None, version: 1 }).unwrap();
    uow.remove(&mut Team { id: 1, name: "short-lived".to_owned(), lead: None, version: 1 }).unwrap();
    assert!(uow.plan().unwrap().groups.is_empty(), "{}", uow.plan().unwrap());
    let before = database.status().statements;
    uow.commit().await.unwrap();
    assert_eq!(database.status().statements, before);
    assert_eq!(database.get::<Person>(1).await.unwrap().unwrap().version, 1);
}

/// Removed and added again before a flush: one update, and rows that refer to it never notice.
pub async fn removed_and_added_again_is_an_update(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "one")).unwrap();
    uow.add(&mut Badge { id: 1, person: 1, code: 1, label: None }).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    uow.remove(&mut one).unwrap();
    uow.add(&mut Person::new(1, "reborn")).unwrap();
    assert_eq!(uow.plan().unwrap().to_string(), "UPDATE persons: 1 row, columns name\n");
    uow.commit().await.unwrap();
    let reborn = database.get::<Person>(1).await.unwrap().unwrap();
    assert_eq!((reborn.name.as_str(), reborn.version), ("reborn", 2));
    assert_eq!(database.select::<Badge>().filter(BadgeRow::PERSON.eq(1)).all().await.unwrap().len(), 1);
}
