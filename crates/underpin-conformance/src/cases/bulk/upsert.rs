//! Inserting many rows of which some may be there already: `upsert`.

use underpin::{Database, Entity};

use super::{person, row, ten};
use crate::model::{OrderTagRow, Person, PersonRow, Suite};

fn named(id: i64, name: &str) -> PersonRow {
    PersonRow { nickname: Some(format!("nick {id}")), ..Person::new(id, name).to_row() }
}

/// New rows are inserted, others take over the columns that are named and count their version up.
pub async fn upsert_inserts_and_updates(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let statements = database.status().statements;
    let rows = [named(9, "nine"), named(11, "eleven"), named(10, "ten")];
    let upsert = uow.upsert(rows).on_conflict(PersonRow::ID).update(PersonRow::NAME);
    assert_eq!(upsert.execute().await.unwrap(), 3);
    assert_eq!(database.status().statements, statements + 1);
    let rows = [named(10, "ten again"), named(12, "twelve")];
    let upsert = uow.upsert(rows).on_conflict(PersonRow::ID).update_all();
    let mut back = upsert.returning((PersonRow::ID, PersonRow::VERSION)).execute().await.unwrap();
    back.sort_unstable();
    assert_eq!(back, [(10, 3), (12, 1)]);
    let none: Vec<PersonRow> = Vec::new();
    assert_eq!(uow.upsert(none).on_conflict(PersonRow::ID).update_all().execute().await.unwrap(), 0);
    uow.commit().await.unwrap();
    let nine = person(database, 9).await;
    assert_eq!((nine.name.as_str(), nine.nickname, nine.version), ("nine", None, 2));
    let ten = person(database, 10).await;
    assert_eq!((ten.name.as_str(), ten.nickname.as_deref(), ten.version), ("ten again", Some("nick 10"), 3));
    let eleven = person(database, 11).await;
    assert_eq!((eleven.nickname.as_deref(), eleven.version), (Some("nick 11"), 1));
}

/// What decides may be any unique constraint, by its columns or by its name; NULL meets nothing.
pub async fn upsert_by_a_unique_constraint(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let by_name = |id| PersonRow { id, boss: Some(1), ..row(3) };
    let upsert = uow.upsert([by_name(33)]).on_conflict(PersonRow::NAME).update(PersonRow::BOSS);
    assert_eq!(upsert.returning(PersonRow::ID).execute().await.unwrap(), [3]);
    let upsert = uow.upsert([by_name(34)]).on_constraint("uq_persons_name").update_all();
    assert_eq!(upsert.returning((PersonRow::ID, PersonRow::VERSION)).execute().await.unwrap(), [(3, 3)]);
    let nameless = [row(20), row(21)];
    let upsert = uow.upsert(nameless).on_conflict(PersonRow::NICKNAME).update(PersonRow::NAME).execute();
    assert_eq!(upsert.await.unwrap(), 2);
    uow.commit().await.unwrap();
    assert_eq!(person(database, 3).await.boss, Some(1));
    assert_eq!(database.select::<Person>().all().await.unwrap().len(), 12);

    // Another constraint than the one that decides still refuses.
    let mut uow = database.begin().await.unwrap();
    let taken = [PersonRow { id: 50, ..row(4) }];
    let error = uow.upsert(taken).on_conflict(PersonRow::ID).update_all().execute().await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!((error.table(), error.constraint()), (Some("persons"), Some("uq_persons_name")), "{error}");
}

/// Rows that are there stay as they are, and do not count.
pub async fn upsert_that_does_nothing(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let rows = [named(1, "one"), named(11, "eleven"), named(11, "eleven again")];
    let upsert = uow.upsert(rows).on_conflict(PersonRow::ID).do_nothing();
    assert_eq!(
        upsert.returning((PersonRow::ID, PersonRow::NAME)).execute().await.unwrap(),
        [(11, "eleven".to_owned())]
    );
    let again = uow.upsert([named(1, "one")]).on_conflict(PersonRow::ID).do_nothing().execute();
    assert_eq!(again.await.unwrap(), 0);
    uow.commit().await.unwrap();
    let one = person(database, 1).await;
    assert_eq!((one.name.as_str(), one.version), ("person 1", 1));
}

/// Of several rows with one key the later counts, as if they came one by one.
pub async fn later_rows_of_an_upsert_count(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let rows = [named(1, "first"), named(2, "two"), named(1, "second"), named(1, "third"), named(3, "three")];
    assert_eq!(uow.upsert(rows).on_conflict(PersonRow::ID).update_all().execute().await.unwrap(), 5);
    uow.commit().await.unwrap();
    let one = person(database, 1).await;
    assert_eq!((one.name.as_str(), one.version), ("third", 3));
    assert_eq!(person(database, 3).await.version, 1);
}

/// Columns over which nothing is unique, a constraint that is not there, a column that is not the program's.
pub async fn upsert_refuses_what_cannot_decide(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    let statements = database.status().statements;
    let error = uow.upsert([row(1)]).on_conflict(PersonRow::BOSS).update_all().execute().await.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("over (boss)"), "{error}");
    assert!(error.hint().unwrap().contains("over (name)"), "{error:?}");
    let error = uow.upsert([row(1)]).on_constraint("uq_nothing").do_nothing().execute().await.unwrap_err();
    assert!(error.to_string().contains("uq_nothing"), "{error}");
    let version = uow.upsert([row(1)]).on_conflict(PersonRow::ID).update(PersonRow::VERSION).execute();
    assert!(version.await.unwrap_err().to_string().contains("persons.version"));
    let link = OrderTagRow { order_id: 1, tag_id: 1, reason: None };
    let half = uow.upsert([link]).on_conflict(OrderTagRow::ORDER_ID).do_nothing().execute();
    assert!(half.await.unwrap_err().to_string().contains("over (order_id)"));
    assert_eq!(database.status().statements, statements);
    uow.commit().await.unwrap();
}

/// Thousands of rows, half of them there already.
pub async fn many_rows_are_upserted(database: &Database<Suite>) {
    let mut told = Vec::new();
    let mut uow = database.begin().await.unwrap();
    uow.insert_many((0..1_500).map(row)).execute().await.unwrap();
    let rows = (750..3_000).map(|id| named(id, &format!("new {id}")));
    let upsert = uow.upsert(rows).on_conflict(PersonRow::ID).update((PersonRow::NAME, PersonRow::NICKNAME));
    assert_eq!(upsert.progress(|rows| told.push(rows)).execute().await.unwrap(), 2_250);
    uow.commit().await.unwrap();
    assert_eq!(told, [1_000, 2_000, 2_250]);
    let all = database.select::<Person>().order_by(PersonRow::ID.asc()).all().await.unwrap();
    assert_eq!(all.len(), 3_000);
    for person in all {
        let (name, version) = match person.id {
            0..750 => (format!("person {}", person.id), 1),
            id @ 750..1_500 => (format!("new {id}"), 2),
            id => (format!("new {id}"), 1),
        };
        assert_eq!((person.name, person.version), (name, version));
    }
}
