//! `read`: several queries that see one state.

use underpin::{Database, Error, Isolation, ReadOptions, Reads, TransactionOptions};

use crate::model::{Order, Person, PersonRow, Suite};

async fn add(database: &Database<Suite>, id: i64) {
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(id, &format!("person {id}"))).unwrap();
    uow.commit().await.unwrap();
}

async fn known(reader: impl Reads<Suite>) -> Vec<i64> {
    let all = reader.select::<Person>().order_by(PersonRow::ID.asc()).all().await.unwrap();
    all.into_iter().map(|person| person.id).collect()
}

/// What is committed after the first query of a session is not seen in it, in whichever way it is asked for.
pub async fn a_session_sees_one_state(database: &Database<Suite>) {
    add(database, 1).await;
    let mut reads = database.read().await.unwrap();
    assert_eq!(known(&mut reads).await, [1]);
    add(database, 2).await;
    let mut uow = database.begin().await.unwrap();
    let mut one = uow.get::<Person>(1).await.unwrap().unwrap();
    one.nickname = Some("changed".to_owned());
    uow.save(&mut one).unwrap();
    uow.add(&mut Order::filled(1, 1, 1)).unwrap();
    uow.commit().await.unwrap();

    assert_eq!(known(&mut reads).await, [1]);
    assert_eq!(reads.get::<Person>(2).await.unwrap(), None);
    assert_eq!(reads.get::<Person>(1).await.unwrap().unwrap().nickname, None);
    assert_eq!(reads.get_many::<Person>([1_i64, 2]).await.unwrap().len(), 1);
    assert_eq!(reads.get::<Order>(1).await.unwrap(), None);
    let mut seen = 0;
    let each = |people: Vec<Person>| {
        seen += people.len();
        Ok::<(), Error>(())
    };
    reads.select::<Person>().portions(1, each).await.unwrap();
    assert_eq!(seen, 1);
    reads.end().await.unwrap();

    let mut reads = database.read().await.unwrap();
    assert_eq!(known(&mut reads).await, [1, 2]);
    assert_eq!(reads.get::<Order>(1).await.unwrap().unwrap(), Order::filled(1, 1, 1));
    drop(reads);
    assert_eq!(known(database).await, [1, 2]);
}

/// A session that waits until it can stand between serializable transactions.
pub async fn a_session_may_be_deferrable(database: &Database<Suite>) {
    add(database, 1).await;
    let mut reads = database.read_with(ReadOptions::new().deferrable()).await.unwrap();
    assert_eq!(known(&mut reads).await, [1]);
    add(database, 2).await;
    assert_eq!(known(&mut reads).await, [1]);
    reads.end().await.unwrap();
}

/// A unit of work that may only read refuses to write, whatever the verb.
pub async fn a_read_only_unit_of_work_refuses_to_write(database: &Database<Suite>) {
    add(database, 1).await;
    for isolation in [Isolation::ReadCommitted, Isolation::RepeatableRead, Isolation::Serializable] {
        let options = TransactionOptions::new().read_only().isolation(isolation);
        let mut uow = database.begin_with(options).await.unwrap();
        assert_eq!(known(&mut uow).await, [1]);
        assert!(uow.update::<PersonRow>().set(PersonRow::NAME, "x").all_rows().execute().await.is_err());
        drop(uow);
        let mut uow = database.begin_with(options).await.unwrap();
        assert!(uow.delete::<PersonRow>().all_rows().execute().await.is_err());
        drop(uow);
        let mut uow = database.begin_with(options).await.unwrap();
        uow.add(&mut Person::new(2, "two")).unwrap();
        assert!(uow.commit().await.is_err());
    }
    assert_eq!(known(database).await, [1]);
}
