//! What a column cannot hold is refused before anything is sent, with table and column, never the value.

use underpin::{CellError, Database, Error};

use crate::model::{Everything, Note, Person, Suite};

async fn refused(database: &Database<Suite>, person: Person) -> Error {
    let mut uow = database.begin().await.unwrap();
    let secret = person.name.clone();
    uow.add(&mut { person }).unwrap();
    let error = uow.commit().await.unwrap_err();
    assert!(error.is_value(), "{error:?}");
    assert!(!format!("{error} {error:?}").contains(secret.trim_matches('\0')), "{error:?}");
    error
}

/// Text beyond the column's length, counted in characters.
pub async fn long_text_is_refused(database: &Database<Suite>) {
    let error = refused(database, Person::new(1, &"ä".repeat(61))).await;
    assert_eq!((error.table(), error.column()), (Some("persons"), Some("name")));
    assert!(error.to_string().contains(&CellError::TooLong { limit: 60 }.to_string()), "{error}");
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Person::new(1, &"ä".repeat(60))).unwrap();
    uow.commit().await.unwrap();
}

/// A NUL character in text.
pub async fn nul_character_is_refused(database: &Database<Suite>) {
    let error = refused(database, Person::new(1, "a\0hidden")).await;
    assert_eq!(error.column(), Some("name"));
}

/// A decimal that would have to be rounded.
pub async fn inexact_decimal_is_refused(database: &Database<Suite>) {
    super::types::one_row_of_every_type(database).await;
    for text in ["1.005", "10000000000"] {
        let mut uow = database.begin().await.unwrap();
        let mut entity = uow.get::<Everything>(1).await.unwrap().unwrap();
        entity.0.money = text.parse().unwrap();
        uow.save(&mut entity).unwrap();
        let error = uow.commit().await.unwrap_err();
        assert_eq!((error.table(), error.column()), (Some("everything"), Some("money")), "{text}");
        assert!(!error.to_string().contains(text), "{error}");
    }
}

/// A refused value leaves the connection and the database as they were.
pub async fn refusal_leaves_nothing_behind(database: &Database<Suite>) {
    for _ in 0..20 {
        refused(database, Person::new(1, &"x".repeat(61))).await;
    }
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut Note::new("fine")).unwrap();
    uow.commit().await.unwrap();
    assert_eq!(database.select::<Person>().all().await.unwrap(), []);
    assert_eq!(database.select::<Note>().all().await.unwrap().len(), 1);
}
