//! Aggregates of foreign types, foreign keys that are named, and definitions that are refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;

use underpin::prelude::*;
use underpin::{By, Error, Parts, Via, aggregate};

struct Db;

#[derive(Table)]
#[table(name = "people")]
struct PersonRow {
    #[column(primary_key)]
    id: i64,
}

/// Two foreign keys to people.
#[derive(Table)]
#[table(name = "messages")]
struct MessageRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = PersonRow::ID)]
    sender_id: i64,
    #[column(references = PersonRow::ID)]
    recipient_id: i64,
    text: String,
}

/// None to people.
#[derive(Table)]
#[table(name = "places")]
struct PlaceRow {
    #[column(primary_key)]
    id: i64,
}

/// One to itself.
#[derive(Table)]
#[table(name = "nodes")]
struct NodeRow {
    #[column(primary_key)]
    id: i64,
    #[column(references = NodeRow::ID)]
    parent: Option<i64>,
    #[column(references = PersonRow::ID)]
    owner: Option<i64>,
}

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder()
            .table::<PersonRow>()
            .table::<MessageRow>()
            .table::<PlaceRow>()
            .table::<NodeRow>()
            .verify(aggregate::<Self, BTreeMap<i64, String>>)
    }
}

struct Sent;

impl Via<MessageRow> for Sent {
    const COLUMNS: &'static [&'static str] = &["sender_id"];
}

struct Wrong;

impl Via<MessageRow> for Wrong {
    const COLUMNS: &'static [&'static str] = &["text"];
}

/// A type of another crate, with the marker alone of this one: what person 1 has written to herself.
impl Aggregate<Db> for BTreeMap<i64, String> {
    type Row = PersonRow;
    type Parts = (By<Sent, HasMany<MessageRow>>,);

    fn to_rows(&self) -> (PersonRow, Self::Parts) {
        let message = |(id, text): (&i64, &String)| MessageRow {
            id: *id,
            sender_id: 0,
            recipient_id: 1,
            text: text.clone(),
        };
        (PersonRow { id: 1 }, (self.iter().map(message).collect::<Vec<_>>().into(),))
    }

    fn from_rows(_: PersonRow, (messages,): Self::Parts) -> Result<Self, MappingError> {
        Ok(messages.into_inner().into_iter().map(|row| (row.id, row.text)).collect())
    }
}

impl Events<Db> for BTreeMap<i64, String> {}

#[tokio::test]
async fn a_foreign_type_and_a_named_foreign_key() {
    let database = Database::<Db>::memory().unwrap();
    let mut letters = BTreeMap::from([(1, "one".to_owned()), (2, "two".to_owned())]);
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut letters).unwrap();
    uow.commit().await.unwrap();

    let mut uow = database.begin().await.unwrap();
    let mut found = uow.get::<BTreeMap<i64, String>>(1).await.unwrap().unwrap();
    assert_eq!(found, letters);
    found.remove(&1);
    found.insert(3, "three".to_owned());
    uow.save(&mut found).unwrap();
    assert_eq!(uow.plan().unwrap().to_string(), "DELETE messages: 1 row\nINSERT messages: 1 row\n");
    uow.commit().await.unwrap();
    assert_eq!(database.get::<BTreeMap<i64, String>>(1).await.unwrap().unwrap(), found);
}

/// An aggregate of people with some parts, and nothing in it.
struct Of<P>(std::marker::PhantomData<fn() -> P>);

impl<P: Parts + Default> Aggregate<Db> for Of<P> {
    type Row = PersonRow;
    type Parts = P;

    fn to_rows(&self) -> (PersonRow, P) {
        (PersonRow { id: 1 }, P::default())
    }

    fn from_rows(_: PersonRow, _: P) -> Result<Self, MappingError> {
        Ok(Self(std::marker::PhantomData))
    }
}

impl<P> Events<Db> for Of<P> {}

/// What is said of an aggregate at the build of the schema, and the same at its first use.
async fn refused<P: Parts + Default>() -> Error {
    let error = Db::schema().verify(aggregate::<Db, Of<P>>).build().unwrap_err();
    let database = Database::<Db>::memory().unwrap();
    let mut uow = database.begin().await.unwrap();
    let used = uow.add(&mut Of::<P>(std::marker::PhantomData)).unwrap_err();
    assert_eq!(used.to_string(), error.to_string());
    let mut uow = database.begin().await.unwrap();
    uow.add(&mut BTreeMap::new()).unwrap();
    uow.commit().await.unwrap();
    let read = database.get::<Of<P>>(1).await.err().unwrap();
    assert!(read.to_string().contains(&error.to_string()), "{read}");
    assert!(error.hint().is_some());
    error
}

fn says(error: &Error, words: &[&str]) {
    assert!(words.iter().all(|word| error.to_string().contains(word)), "{error}");
}

#[tokio::test]
async fn parts_without_a_foreign_key_are_refused() {
    says(&refused::<(HasMany<PlaceRow>,)>().await, &["places", "people", "no foreign key"]);
    says(&refused::<(By<Wrong, HasOne<MessageRow>>,)>().await, &["messages", "text", "people"]);
}

#[tokio::test]
async fn parts_with_two_foreign_keys_are_refused_unless_one_is_named() {
    says(&refused::<(ManyToMany<MessageRow>,)>().await, &["messages", "people", "sender_id; recipient_id"]);
}

#[tokio::test]
async fn a_table_that_stands_twice_is_refused() {
    let error = refused::<(By<Sent, HasMany<MessageRow>>, By<Sent, HasOne<MessageRow>>)>().await;
    says(&error, &["messages", "twice"]);
}

#[tokio::test]
async fn a_circle_is_refused() {
    let error = refused::<(HasMany<(NodeRow, (HasMany<NodeRow>,))>,)>().await;
    says(&error, &["nodes", "its own rows"]);
    let error = refused::<(By<Sent, HasMany<(MessageRow, (HasMany<PersonRow>,))>>,)>().await;
    says(&error, &["people", "its own rows"]);
}
