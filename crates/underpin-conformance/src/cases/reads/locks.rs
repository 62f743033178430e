//! Locks on rows.

use underpin::{Database, Entity};

use crate::model::{Person, PersonRow, Suite};

/// Rows that others hold are passed over, or an error at once, where the database has locks on rows; where one writer is
/// the lock, the queries say the same and find all.
pub async fn locked_rows_are_passed_over(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let rows = (1..=3).map(|id| Person::new(id, &format!("person {id}")).to_row());
    uow.insert_many(rows).execute().await.unwrap();
    uow.commit().await.unwrap();

    let mut first = database.begin().await.unwrap();
    let held = first.select::<Person>().order_by(PersonRow::ID.asc()).limit(2).skip_locked().all();
    assert_eq!(held.await.unwrap().len(), 2);
    assert!(first.get_for_update::<Person>(1).await.unwrap().is_some());
    if database.dialect().capability.sql && database.dialect().capability.row_locks {
        let mut second = database.begin().await.unwrap();
        let free = second.select::<Person>().order_by(PersonRow::ID.asc()).skip_locked().all().await.unwrap();
        assert_eq!(free.into_iter().map(|person| person.id).collect::<Vec<_>>(), [3]);
        let busy = second.select::<Person>().filter(PersonRow::ID.eq(1)).no_wait().all().await.unwrap_err();
        assert!(busy.is_retryable(), "{busy}");
        drop(second);
        let mut third = database.begin().await.unwrap();
        let shared = third.select::<Person>().filter(PersonRow::ID.eq(3)).for_share().all().await.unwrap();
        assert_eq!(shared.len(), 1);
        let fourth = database.begin().await.unwrap();
        drop(third);
        fourth.rollback().await.unwrap();
    }
    first.commit().await.unwrap();
    let mut uow = database.begin().await.unwrap();
    assert_eq!(uow.select::<Person>().for_update().all().await.unwrap().len(), 3);
    assert_eq!(uow.select::<Person>().no_wait().all().await.unwrap().len(), 3);
    assert_eq!(uow.select::<Person>().for_share().all().await.unwrap().len(), 3);
    uow.commit().await.unwrap();
}
