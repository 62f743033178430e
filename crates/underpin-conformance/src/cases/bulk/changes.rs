//! `update` and `delete` by query.

use underpin::query::row as whole;
use underpin::{Database, Json};

use super::{person, row, ten};
use crate::model::{Badge, BadgeRow, Everything, EverythingRow, Mood, Person, PersonRow, Suite, TeamRow};

async fn ids(database: &Database<Suite>) -> Vec<i64> {
    let all = database.select::<Person>().order_by(PersonRow::ID.asc()).all().await.unwrap();
    all.into_iter().map(|person| person.id).collect()
}

/// Values and NULL for the rows that are found; the version counts up in those and in no other.
pub async fn update_changes_what_is_found(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let statements = database.status().statements;
    let none: Option<&str> = None;
    let changed = uow
        .update::<PersonRow>()
        .set(PersonRow::BOSS, Some(1))
        .set_some(PersonRow::NICKNAME, Some("nick".to_owned()))
        .set_some(PersonRow::NAME, none)
        .filter(PersonRow::ID.gt(8))
        .filter(PersonRow::NAME.ne("person 10"))
        .execute();
    assert_eq!(changed.await.unwrap(), 1);
    assert_eq!(database.status().statements, statements + 1);
    let nobody = uow.update::<PersonRow>().set(PersonRow::BOSS, 2).filter(PersonRow::ID.gt(99)).execute();
    assert_eq!(nobody.await.unwrap(), 0);
    let cleared = uow.update::<PersonRow>().set(PersonRow::BOSS, None).all_rows().execute();
    assert_eq!(cleared.await.unwrap(), 10);
    let back = uow
        .update::<PersonRow>()
        .set(PersonRow::NAME, "renamed")
        .filter(PersonRow::ID.eq(9))
        .returning((PersonRow::ID, PersonRow::NAME, PersonRow::NICKNAME, PersonRow::VERSION))
        .execute();
    assert_eq!(back.await.unwrap(), [(9, "renamed".to_owned(), Some("nick".to_owned()), 4)]);
    uow.commit().await.unwrap();
    assert_eq!(person(database, 9).await.version, 4);
    assert_eq!(person(database, 8).await.version, 2);
}

/// A new value of every type.
pub async fn update_takes_every_type(database: &Database<Suite>) {
    let [low, high, plain]: [EverythingRow; 3] = crate::cases::types::samples().try_into().unwrap();
    let mut uow = database.begin().await.unwrap();
    uow.insert_many([low.clone(), plain.clone()]).execute().await.unwrap();
    let wanted = EverythingRow { id: plain.id, ..high };
    let EverythingRow { short, money, exact, bytes, uuid, day, time, moment, instant, .. } = wanted.clone();
    let update = uow
        .update::<EverythingRow>()
        .set(EverythingRow::FLAG, wanted.flag)
        .set(EverythingRow::SMALL, wanted.small)
        .set(EverythingRow::MIDDLE, wanted.middle)
        .set(EverythingRow::LARGE, wanted.large)
        .set(EverythingRow::REAL, wanted.real)
        .set(EverythingRow::DOUBLE, wanted.double)
        .set(EverythingRow::TEXT, wanted.text.clone())
        .set(EverythingRow::SHORT, short)
        .set(EverythingRow::MONEY, money)
        .set(EverythingRow::EXACT, exact)
        .set(EverythingRow::BYTES, bytes)
        .set(EverythingRow::UUID, uuid)
        .set(EverythingRow::DAY, day)
        .set(EverythingRow::TIME, time)
        .set(EverythingRow::MOMENT, moment)
        .set(EverythingRow::INSTANT, instant)
        .set(EverythingRow::SYSTEM, wanted.system)
        .set(EverythingRow::DURATION, wanted.duration)
        .set(EverythingRow::SIGNED, wanted.signed)
        .set(EverythingRow::DOCUMENT, Json(wanted.document.0.clone()))
        .set(EverythingRow::MOOD, Mood::VerySad)
        .set(EverythingRow::NUMBERS, wanted.numbers.clone())
        .set(EverythingRow::WORDS, wanted.words.clone())
        .set(EverythingRow::MAYBE_TEXT, Some("now".to_owned()))
        .set(EverythingRow::MAYBE_NUMBERS, Some(vec![1, 2]))
        .filter(EverythingRow::ID.eq(plain.id))
        .returning(whole::<EverythingRow>());
    let wanted = EverythingRow {
        mood: Mood::VerySad,
        maybe_text: Some("now".to_owned()),
        maybe_numbers: Some(vec![1, 2]),
        ..wanted
    };
    assert_eq!(update.execute().await.unwrap(), std::slice::from_ref(&wanted));
    uow.commit().await.unwrap();
    assert_eq!(database.get::<Everything>(wanted.id).await.unwrap().unwrap().0, wanted);
    assert_eq!(database.get::<Everything>(low.id).await.unwrap().unwrap().0, low);
}

/// A new value may be another column of the row, as it was before.
pub async fn update_by_an_expression_of_the_row(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let update = uow
        .update::<PersonRow>()
        .set_expr(PersonRow::NICKNAME, PersonRow::NAME)
        .set(PersonRow::NAME, "swapped")
        .set_expr(PersonRow::BOSS, PersonRow::ID)
        .filter(PersonRow::ID.eq(3));
    assert_eq!(update.execute().await.unwrap(), 1);
    uow.commit().await.unwrap();
    let three = person(database, 3).await;
    assert_eq!(
        (three.name.as_str(), three.nickname.as_deref(), three.boss),
        ("swapped", Some("person 3"), Some(3))
    );
}

/// An update that sets nothing, a change without a filter, a column that is not the program's: nothing is sent.
pub async fn changes_that_say_too_little_are_refused(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let statements = database.status().statements;
    let none: Option<String> = None;
    let error = uow.update::<PersonRow>().set_some(PersonRow::NAME, none).all_rows().execute().await;
    let error = error.unwrap_err();
    assert!(error.is_usage() && error.to_string().contains("sets nothing"), "{error}");
    let error = uow.update::<PersonRow>().set(PersonRow::NAME, "all").execute().await.unwrap_err();
    assert!(error.is_usage() && error.hint().unwrap().contains("all_rows"), "{error}");
    let error = uow.delete::<PersonRow>().execute().await.unwrap_err();
    assert!(error.is_usage() && error.hint().unwrap().contains("all_rows"), "{error}");
    let error = uow.update::<PersonRow>().set(PersonRow::VERSION, 7).all_rows().execute().await.unwrap_err();
    assert!(error.to_string().contains("persons.version"), "{error}");
    assert_eq!(database.status().statements, statements);
    assert_eq!(uow.delete::<PersonRow>().all_rows().execute().await.unwrap(), 10);
    uow.commit().await.unwrap();
}

/// Deletes what is found, and gives it as it was.
pub async fn delete_removes_what_is_found(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    let gone = uow
        .delete::<PersonRow>()
        .filter(PersonRow::ID.is_in([2, 4, 99]))
        .returning((PersonRow::ID, PersonRow::NAME))
        .execute();
    let mut gone = gone.await.unwrap();
    gone.sort_unstable();
    assert_eq!(gone, [(2, "person 2".to_owned()), (4, "person 4".to_owned())]);
    assert_eq!(uow.delete::<PersonRow>().filter(PersonRow::ID.gt(8)).execute().await.unwrap(), 2);
    assert_eq!(uow.delete::<PersonRow>().filter(PersonRow::ID.gt(8)).execute().await.unwrap(), 0);
    uow.commit().await.unwrap();
    assert_eq!(ids(database).await, [1, 3, 5, 6, 7, 8]);
}

/// What a constraint refuses names it and its table, and aborts the transaction.
pub async fn refused_changes_name_constraint_and_table(database: &Database<Suite>) {
    ten(database).await;
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Badge { id: 1, person: 5, code: 1, label: None }).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let twice = uow.update::<PersonRow>().set(PersonRow::NAME, "same").filter(PersonRow::ID.lt(3)).execute();
    let error = twice.await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!((error.table(), error.constraint()), (Some("persons"), Some("uq_persons_name")), "{error}");
    assert!(uow.delete::<PersonRow>().all_rows().execute().await.unwrap_err().is_usage());
    drop(uow);

    let mut uow = database.begin().await.unwrap();
    let referred = match uow.delete::<PersonRow>().filter(PersonRow::ID.eq(5)).execute().await {
        Err(error) => {
            drop(uow);
            error
        }
        Ok(_) => uow.commit().await.unwrap_err(),
    };
    assert!(referred.is_foreign_key_violation(), "{referred}");

    let mut uow = database.begin().await.unwrap();
    let long = uow.update::<TeamRow>().set(TeamRow::NAME, "n".repeat(61)).all_rows().execute();
    let error = long.await.unwrap_err();
    assert_eq!((error.table(), error.column()), (Some("teams"), Some("name")), "{error}");
    drop(uow);
    assert_eq!(ids(database).await.len(), 10);
}

/// Text that would be dangerous if it were not bound is a value like any other.
pub async fn hostile_text_is_a_value(database: &Database<Suite>) {
    let mut uow = database.begin().await.unwrap();
    uow.insert_many([row(1)]).execute().await.unwrap();
    let badge = BadgeRow { id: 1, person: 1, code: 1, label: None };
    uow.insert_many([badge]).execute().await.unwrap();
    uow.commit().await.unwrap();
    for hostile in ["'; DROP TABLE badges; --", "\" \\ % _ $1 ?1", "\u{202e}rtl", ""] {
        let mut uow = database.begin().await.unwrap();
        let update = uow.update::<BadgeRow>().set(BadgeRow::LABEL, Some(hostile.to_owned())).all_rows();
        assert_eq!(update.returning(BadgeRow::LABEL).execute().await.unwrap(), [Some(hostile.to_owned())]);
        let found =
            uow.update::<BadgeRow>().set(BadgeRow::CODE, 2).filter(BadgeRow::LABEL.eq(hostile)).execute();
        assert_eq!(found.await.unwrap(), 1);
        uow.commit().await.unwrap();
        assert_eq!(database.get::<Badge>(1).await.unwrap().unwrap().label.as_deref(), Some(hostile));
    }
    let mut uow = database.begin().await.unwrap();
    let nul = uow.update::<BadgeRow>().set(BadgeRow::LABEL, Some("a\0b".to_owned())).all_rows().execute();
    let error = nul.await.unwrap_err();
    assert_eq!((error.table(), error.column()), (Some("badges"), Some("label")), "{error}");
}
