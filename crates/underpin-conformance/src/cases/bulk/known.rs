//! What a unit of work knows of rows that a query changes.

use underpin::Database;

use super::{person, row, ten};
use crate::model::{ItemRow, LineRow, Order, Person, PersonRow, Suite};

/// A row that is known is not saved over what a query has made of it: it has to be read again.
pub async fn known_rows_are_read_again(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    let mut two = uow.get::<Person>(2).await.unwrap().unwrap();
    uow.update::<PersonRow>()
        .set(PersonRow::NICKNAME, None)
        .filter(PersonRow::ID.eq(1))
        .execute()
        .await
        .unwrap();
    one.name = "too late".to_owned();
    let error = uow.save(&mut one).unwrap_err();
    assert!(error.is_usage() && error.hint().unwrap().contains("again"), "{error}");
    assert!(uow.remove(&mut two).unwrap_err().is_usage());

    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    assert_eq!((one.name.as_str(), one.version), ("person 1", 2));
    one.name = "in time".to_owned();
    uow.save(&mut one).unwrap();
    uow.flush().await.unwrap();
    uow.delete::<PersonRow>().filter(PersonRow::ID.eq(2)).execute().await.unwrap();
    assert_eq!(uow.get::<Person>(2).await.unwrap(), None);
    assert_eq!(uow.select::<Person>().all().await.unwrap().len(), 9);
    uow.add(&mut Person::new(2, "new two")).unwrap();
    uow.commit().await.unwrap();
    assert_eq!((person(database, 1).await.name.as_str(), person(database, 1).await.version), ("in time", 3));
    assert_eq!(person(database, 2).await.name, "new two");

    let mut uow = database.begin().await.unwrap();
    let mut three = uow.get::<Person>(3).await.unwrap().unwrap();
    uow.remove(&mut three).unwrap();
    uow.flush().await.unwrap();
    uow.insert_many([row(3)]).execute().await.unwrap();
    assert_eq!(uow.get::<Person>(3).await.unwrap().unwrap().name, "person 3");
    uow.commit().await.unwrap();
}

/// Changes that are not written would not be seen by the query, and it would not be seen by them: an error.
pub async fn unwritten_changes_are_not_lost(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    one.nickname = Some("unwritten".to_owned());
    uow.save(&mut one).unwrap();
    let refused =
        uow.update::<PersonRow>().set(PersonRow::BOSS, None).all_rows().execute().await.unwrap_err();
    assert!(refused.is_usage() && refused.to_string().contains("persons"), "{refused}");
    assert!(refused.hint().unwrap().contains("flush"), "{refused:?}");
    assert!(uow.delete::<PersonRow>().all_rows().execute().await.unwrap_err().is_usage());
    let upsert = uow.upsert([row(1)]).on_conflict(PersonRow::ID).update(PersonRow::NAME).execute();
    assert!(upsert.await.unwrap_err().is_usage());
    uow.flush().await.unwrap();
    let found = uow.update::<PersonRow>().set(PersonRow::BOSS, 2).filter(PersonRow::NICKNAME.eq("unwritten"));
    assert_eq!(found.execute().await.unwrap(), 1);
    uow.commit().await.unwrap();
    let one = person(database, 1).await;
    assert_eq!((one.nickname.as_deref(), one.boss, one.version), (Some("unwritten"), Some(2), 3));
}

/// Back before the query, known rows are what they were.
pub async fn a_savepoint_brings_known_rows_back(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    let savepoint = uow.savepoint().await.unwrap();
    uow.update::<PersonRow>()
        .set(PersonRow::NAME, "lost")
        .filter(PersonRow::ID.eq(1))
        .execute()
        .await
        .unwrap();
    assert!(uow.save(&mut one).is_err());
    uow.rollback_to(savepoint).await.unwrap();
    one.name = "kept".to_owned();
    uow.save(&mut one).unwrap();
    uow.commit().await.unwrap();
    assert_eq!((person(database, 1).await.name.as_str(), person(database, 1).await.version), ("kept", 2));
}

/// A query that changes parts concerns what they are parts of.
pub async fn parts_are_read_again(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Order::filled(1, 2, 2)).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    let renamed = uow.update::<ItemRow>().set(ItemRow::LABEL, "renamed").filter(ItemRow::LINE_ID.eq(101));
    assert_eq!(renamed.execute().await.unwrap(), 2);
    assert!(uow.save(&mut order).unwrap_err().is_usage());
    let gone = uow.delete::<ItemRow>().filter(ItemRow::LINE_ID.eq(102)).execute().await.unwrap();
    assert_eq!(gone, 2);
    let mut order = uow.get::<Order>(1).await.unwrap().unwrap();
    let labels = |order: &Order, line: usize| -> Vec<String> {
        order.lines[line].items.iter().map(|item| item.label.clone()).collect()
    };
    assert_eq!(labels(&order, 0), ["renamed", "renamed"]);
    assert_eq!(labels(&order, 1), [""; 0]);
    order.lines[0].items[1].label = "saved".to_owned();
    uow.save(&mut order).unwrap();
    let unwritten = uow.delete::<LineRow>().all_rows().execute().await.unwrap_err();
    assert!(unwritten.is_usage(), "{unwritten}");
    uow.commit().await.unwrap();
    let order = database.get::<Order>(1).await.unwrap().unwrap();
    assert_eq!(labels(&order, 0), ["renamed", "saved"]);
}
