//! Portions of columns and whole rows.

use underpin::query::row;
use underpin::{Database, Entity, Error};

use crate::model::{Person, PersonRow, Suite};

/// Tuples and rows come in portions as entities do, from a database, in a session and in a unit of work.
pub async fn tuples_come_in_portions(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let rows = (0..1_000).map(|id| Person::new(id, &format!("person {id:04}")).to_row());
    uow.insert_many(rows).execute().await.unwrap();
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    uow.query((PersonRow::ID, PersonRow::NICKNAME))
        .from::<PersonRow>()
        .order_by(PersonRow::ID.asc())
        .portions(300, |tuples| {
            sizes.push(tuples.len());
            seen.extend(tuples);
            Ok::<(), Error>(())
        })
        .await
        .unwrap();
    uow.commit().await.unwrap();
    assert!(seen.into_iter().eq((0..1_000).map(|id| (id, None))));
    assert!(sizes.iter().all(|size| (1..=300).contains(size)) && sizes.len() <= 5, "{sizes:?}");

    let mut reads = database.read().await.unwrap();
    let mut names = Vec::new();
    reads
        .query(row::<PersonRow>())
        .from::<PersonRow>()
        .filter(PersonRow::ID.ge(990))
        .order_by(PersonRow::ID.desc())
        .portions(4, |rows| {
            names.extend(rows.into_iter().map(|row: PersonRow| row.name));
            Ok::<(), Error>(())
        })
        .await
        .unwrap();
    reads.end().await.unwrap();
    assert_eq!(names.len(), 10);
    assert_eq!(names[0], "person 0999");

    let mut calls = 0;
    let stopped = database.query(PersonRow::ID).from::<PersonRow>().portions(1, |_| {
        calls += 1;
        Err(Error::mapping("enough"))
    });
    assert!(stopped.await.is_err());
    assert_eq!(calls, 1);
    assert_eq!(database.query(PersonRow::ID).from::<PersonRow>().all().await.unwrap().len(), 1_000);
}
