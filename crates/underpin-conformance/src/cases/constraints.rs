//! A refused row names its constraint, table and column alike on every target, and never its value.

use underpin::{Database, Violation};

use crate::model::{Badge, Person, Shape, Suite, Team};

async fn refused(database: &Database<Suite>, people: Vec<Person>, badges: Vec<Badge>) -> underpin::Error {
    let mut uow = database.begin().await.unwrap();
    for mut person in people {
        uow.add(&mut person).unwrap();
    }
    for mut badge in badges {
        uow.add(&mut badge).unwrap();
    }
    let error = uow.commit().await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    error
}

/// A unique value that another row has.
pub async fn unique_names_its_constraint(database: &Database<Suite>) {
    let twice = vec![Person::new(1, "hunter2"), Person::new(2, "hunter2")];
    let error = refused(database, twice, Vec::new()).await;
    assert_eq!(error.violation(), Some(Violation::Unique));
    assert_eq!((error.table(), error.constraint()), (Some("persons"), Some("uq_persons_name")));
}

/// A key that another row has.
pub async fn primary_key_names_its_constraint(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "first")).unwrap();
    uow.commit().await.unwrap();
    let error = refused(database, vec![Person::new(1, "second")], Vec::new()).await;
    assert!(error.is_unique_violation(), "{error:?}");
    assert_eq!((error.table(), error.constraint()), (Some("persons"), Some("pk_persons")));
}

/// A reference to nothing.
pub async fn foreign_key_is_told_apart(database: &Database<Suite>) {
    let error = refused(database, Vec::new(), vec![Badge { id: 1, person: 9, code: 1, label: None }]).await;
    assert!(error.is_foreign_key_violation(), "{error:?}");
}

/// A row that others refer to.
pub async fn referenced_row_cannot_go(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "first")).unwrap();
    uow.add(&mut Badge { id: 1, person: 1, code: 1, label: None }).unwrap();
    uow.commit().await.unwrap();
    let mut uow = database.begin().await.unwrap();
    let mut person = uow.get::<Person>(1).await.unwrap().unwrap();
    uow.remove(&mut person).unwrap();
    assert!(uow.commit().await.unwrap_err().is_foreign_key_violation());
}

/// Unique values are swapped, rotated and handed on in one unit of work.
pub async fn unique_values_change_hands(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    for id in 1..=5 {
        let nickname = Some(format!("nick {id}"));
        uow.add(&mut Person { nickname, ..Person::new(id, &format!("name {id}")) }).unwrap();
    }
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut people = uow.get_many::<Person>(1..=5).await.unwrap();
    people.sort_by_key(|person| person.id);
    for person in &mut people {
        // Names rotate among all; nicknames are swapped in pairs; 5 goes, and 6 takes its nickname.
        person.name = format!("name {}", person.id % 5 + 1);
        person.nickname = match person.id {
            1 => Some("nick 2".to_owned()),
            2 => Some("nick 1".to_owned()),
            3 => Some("nick 4".to_owned()),
            4 => Some("nick 3".to_owned()),
            _ => None,
        };
        uow.save(person).unwrap();
    }
    uow.add(&mut Person { nickname: Some("nick 5".to_owned()), ..Person::new(6, "name 6") }).unwrap();
    uow.commit().await.unwrap();
    let mut found = database.select::<Person>().all().await.unwrap();
    found.sort_by_key(|person| person.id);
    let nicknames: Vec<_> = found.iter().map(|person| person.nickname.as_deref()).collect();
    let expected =
        ["nick 2", "nick 1", "nick 4", "nick 3"].map(Some).into_iter().chain([None, Some("nick 5")]);
    assert_eq!(nicknames, expected.collect::<Vec<_>>());
    assert_eq!(found[4].name, "name 1");
    // Parking is no change of its own.
    assert_eq!(found.iter().map(|person| person.version).collect::<Vec<_>>(), [2, 2, 2, 2, 2, 1]);
}

/// A person leads the team that it is in, both new, and both go again.
pub async fn circle_of_references(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person { team: Some(1), ..Person::new(1, "lead") }).unwrap();
    uow.add(&mut Team { id: 1, name: "team".to_owned(), lead: Some(1), version: 1 }).unwrap();
    uow.commit().await.unwrap();
    let team = database.get::<Team>(1).await.unwrap().unwrap();
    assert_eq!((team.lead, team.version), (Some(1), 1));
    assert_eq!(database.get::<Person>(1).await.unwrap().unwrap().team, Some(1));

    let mut uow = database.begin().await.unwrap();
    let (mut person, mut team) =
        (uow.get::<Person>(1).await.unwrap().unwrap(), uow.get::<Team>(1).await.unwrap().unwrap());
    uow.remove(&mut person).unwrap();
    uow.remove(&mut team).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.select::<Team>().all().await.unwrap(), []);
}

/// A chain of references in one table, added from its end, removed from its start.
pub async fn chain_in_one_table(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    for id in 1..=20 {
        let boss = if id < 20 { Some(id + 1) } else { None };
        uow.add(&mut Person { boss, ..Person::new(id, &format!("p{id}")) }).unwrap();
    }
    uow.commit().await.unwrap();
    let mut uow = database.begin().await.unwrap();
    for id in (1..=20).rev() {
        let mut person = uow.get::<Person>(id).await.unwrap().unwrap();
        uow.remove(&mut person).unwrap();
    }
    uow.commit().await.unwrap();
    assert_eq!(database.select::<Person>().all().await.unwrap(), []);
}

/// A CHECK that refuses a row.
pub async fn check_names_its_constraint(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Shape { id: 1, width: -1, height: 1, area: 0 }).unwrap();
    let error = uow.commit().await.unwrap_err();
    assert!(error.is_check_violation(), "{error:?}");
    assert_eq!((error.table(), error.constraint()), (Some("shapes"), Some("ck_shapes_width_positive")));
}
