//! Nothing half-written is ever seen, and nothing is left behind.

use underpin::Database;

use crate::model::{Person, Suite};

/// What is flushed but not committed is not seen outside.
pub async fn uncommitted_rows_are_not_seen(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, "hidden")).unwrap();
    uow.flush().await.unwrap();
    assert_eq!(database.get::<Person>(1).await.unwrap(), None);
    uow.commit().await.unwrap();
    assert!(database.get::<Person>(1).await.unwrap().is_some());
}

/// Units of work that are dropped again and again leak no connection.
pub async fn dropped_work_leaks_nothing(database: &Database<Suite>) {
    for round in 0..60 {
        let mut uow = database.begin().await.unwrap();
        uow.add(&mut Person::new(round, &format!("p{round}"))).unwrap();
        if round % 2 == 0 {
            uow.flush().await.unwrap();
        }
        drop(uow);
    }
    assert_eq!(database.select::<Person>().all().await.unwrap(), []);
    assert!(database.status().open <= database.status().limit);
}

/// `run` commits what the work has done, and keeps nothing of work that failed.
pub async fn run_commits_or_keeps_nothing(database: &Database<Suite>) {
    let name = database
        .run(async |uow| {
            uow.add(&mut Person::new(1, "kept"))?;
            Ok::<_, underpin::Error>("kept")
        })
        .await
        .unwrap();
    assert_eq!(name, "kept");
    let failed: Result<(), underpin::Error> = database
        .run(async |uow| {
            uow.add(&mut Person::new(2, "not kept"))?;
            uow.flush().await?;
            Err(underpin::Error::mapping("a domain says no"))
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(database.select::<Person>().all().await.unwrap().len(), 1);
}
