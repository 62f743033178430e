//! A flush of many rows.

use underpin::Database;

use crate::model::{Person, PersonRow, Suite};

/// A flush of thousands of rows, then of thousands of updates and deletes.
pub async fn thousands_of_rows(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    for id in 0..3_000 {
        uow.add(&mut Person::new(id, &format!("person {id}"))).unwrap();
    }
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    for mut person in uow.select::<Person>().all().await.unwrap() {
        if person.id % 3 == 0 {
            uow.remove(&mut person).unwrap();
        } else {
            person.nickname = Some(format!("nick {}", person.id));
            uow.save(&mut person).unwrap();
        }
    }
    assert_eq!(uow.plan().unwrap().groups.len(), 2, "{}", uow.plan().unwrap());
    uow.commit().await.unwrap();
    let left = database.select::<Person>().filter(PersonRow::NICKNAME.is_not_null()).all().await.unwrap();
    assert_eq!(left.len(), 2_000);
    assert!(left.iter().all(|person| person.version == 2));
}
