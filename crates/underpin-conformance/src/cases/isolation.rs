//! Nothing half-written is ever seen, and nothing is left behind.

use underpin::{Database, Error};

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

/// `run` keeps what the work commits, nothing of work that fails, and tells of work that forgets to commit.
pub async fn run_keeps_what_is_committed(database: &Database<Suite>) {
    let name = database
        .run(|mut uow| async move {
            uow.add(&mut Person::new(1, "kept"))?;
            uow.commit().await?;
            Ok::<_, Error>("kept")
        })
        .await
        .unwrap();
    assert_eq!(name, "kept");
    let failed: Result<(), Error> = database
        .run(|mut uow| async move {
            uow.add(&mut Person::new(2, "not kept"))?;
            uow.flush().await?;
            Err(Error::mapping("a domain says no"))
        })
        .await;
    assert!(failed.unwrap_err().is_value());
    let forgotten: Result<(), Error> = database
        .run(|mut uow| async move {
            uow.add(&mut Person::new(3, "forgotten"))?;
            Ok(())
        })
        .await;
    assert!(forgotten.unwrap_err().is_usage());
    assert_eq!(database.select::<Person>().all().await.unwrap().len(), 1);
}
