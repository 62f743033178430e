//! Optimistic locking: of two changes to one version of a row exactly one is kept.

use underpin::Database;

use crate::model::{Badge, Person, Suite};

async fn stored(database: &Database<Suite>) -> Person {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "first")).unwrap();
    uow.add(&mut Person::new(2, "other")).unwrap();
    uow.commit().await.unwrap();
    database.get::<Person>(1).await.unwrap().unwrap()
}

/// Two units of work change the version that both have read.
pub async fn second_change_is_stale(database: &Database<Suite>) {
    let read = stored(database).await;
    let (mut mine, mut yours) = (read.clone(), read);
    mine.name = "mine".to_owned();
    yours.name = "yours".to_owned();

    let mut uow = database.begin().await.unwrap();
    let original = database_version(&mine);
    uow.attach(&original).unwrap();
    uow.save(&mut mine).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    uow.attach(&original).unwrap();
    yours.events.push("never stored");
    uow.save(&mut yours).unwrap();
    let error = uow.commit().await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    assert_eq!((error.table(), error.key()), (Some("persons"), Some("1")));

    let kept = database.get::<Person>(1).await.unwrap().unwrap();
    assert_eq!((kept.name.as_str(), kept.version), ("mine", 2));
    assert_eq!(super::events::names(database).await, ["person_added", "person_added"]);
}

/// The person as both have read it.
fn database_version(person: &Person) -> Person {
    Person { name: "first".to_owned(), ..person.clone() }
}

/// The stale row is named among many, and none of the others is written.
pub async fn stale_row_among_many_is_named(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    for id in 1..=30 {
        uow.add(&mut Person::new(id, &format!("person {id}"))).unwrap();
    }
    uow.commit().await.unwrap();
    let read = database.select::<Person>().all().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut moved = uow.get::<Person>(17).await.unwrap().unwrap();
    moved.nickname = Some("moved".to_owned());
    uow.save(&mut moved).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    for person in read {
        uow.attach(&person).unwrap();
        let mut person = Person { boss: Some(person.id), ..person };
        uow.save(&mut person).unwrap();
    }
    let error = uow.commit().await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    assert_eq!(error.key(), Some("17"));
    assert!(database.select::<Person>().all().await.unwrap().iter().all(|person| person.boss.is_none()));
}

/// A removal of a version that has moved on.
pub async fn stale_removal_is_refused(database: &Database<Suite>) {
    let read = stored(database).await;
    let mut uow = database.begin().await.unwrap();
    let mut person = uow.get::<Person>(1).await.unwrap().unwrap();
    person.nickname = Some("nick".to_owned());
    uow.save(&mut person).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    uow.attach(&read).unwrap();
    uow.remove(&mut read.clone()).unwrap();
    assert!(uow.commit().await.unwrap_err().is_stale());
    assert!(database.get::<Person>(1).await.unwrap().is_some());
}

/// A row without a version that somebody else has deleted: the change is not lost in silence.
pub async fn change_of_a_deleted_row_is_stale(database: &Database<Suite>) {
    stored(database).await;
    let mut uow = database.begin().await.unwrap();
    let badge = Badge { id: 5, person: 1, code: 5, label: None };
    uow.add(&mut badge.clone()).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut found = uow.get::<Badge>(5).await.unwrap().unwrap();
    uow.remove(&mut found).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    uow.attach(&badge).unwrap();
    uow.save(&mut Badge { code: 6, ..badge.clone() }).unwrap();
    let error = uow.commit().await.unwrap_err();
    assert!(error.is_stale() && error.table() == Some("badges"), "{error:?}");
}

/// Versions count up by one a flush, and the unit of work can go on after it.
pub async fn versions_count_flushes(database: &Database<Suite>) {
    stored(database).await;
    let mut uow = database.begin().await.unwrap();
    for round in 0..3 {
        let mut person = uow.get::<Person>(1).await.unwrap().unwrap();
        assert_eq!(person.version, 1 + round);
        person.name = format!("round {round}");
        uow.save(&mut person).unwrap();
        uow.flush().await.unwrap();
    }
    uow.commit().await.unwrap();
    assert_eq!(database.get::<Person>(1).await.unwrap().unwrap().version, 4);
}
