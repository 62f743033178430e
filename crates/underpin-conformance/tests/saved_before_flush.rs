//! An entity that is added, changed and saved before the first flush keeps what it leaves to defaults, and its version.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use underpin::Auto;
use underpin::prelude::*;
use underpin_conformance::Target;

#[derive(Table)]
#[table(name = "pages")]
struct PageRow {
    #[column(primary_key)]
    id: i64,
    text: String,
    #[column(server_default = "3")]
    stars: Auto<i32>,
    #[column(default = "en".to_owned(), length = 2)]
    language: Auto<String>,
    #[column(version)]
    version: i64,
}

/// It knows neither stars nor language before they are stored, and has a version of its own making.
struct Page {
    id: i64,
    text: String,
    stars: Option<i32>,
    language: Option<String>,
}

struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<PageRow>()
    }
}

impl Entity<Db> for Page {
    type Row = PageRow;

    fn to_row(&self) -> PageRow {
        PageRow {
            id: self.id,
            text: self.text.clone(),
            stars: self.stars.map_or(Auto::Unset, Auto::Set),
            language: self.language.clone().map_or(Auto::Unset, Auto::Set),
            version: 0,
        }
    }

    fn from_row(row: PageRow) -> Result<Self, MappingError> {
        let PageRow { id, text, stars, language, .. } = row;
        Ok(Self { id, text, stars: stars.into_inner(), language: language.into_inner() })
    }
}

impl Events<Db> for Page {}

async fn saved_before_the_flush(target: Target) {
    let scratch = target.scratch().await;
    let database = scratch.database::<Db>().await;
    let mut uow = database.begin().await.unwrap();
    let mut page = Page { id: 1, text: "first".to_owned(), stars: None, language: None };
    let added = uow.add(&mut page).unwrap();
    page.text = "second".to_owned();
    uow.save(&mut page).unwrap();
    assert_eq!(uow.plan().unwrap().to_string(), "INSERT pages: 1 row\n");
    uow.commit().await.unwrap();
    let _ = added;

    let mut uow = database.begin().await.unwrap();
    let mut page = uow.get::<Page>(1).await.unwrap().unwrap();
    assert_eq!((page.text.as_str(), page.stars, page.language.as_deref()), ("second", Some(3), Some("en")));
    // Version 1: the next change finds it.
    page.text = "third".to_owned();
    uow.save(&mut page).unwrap();
    uow.commit().await.unwrap();
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}

#[tokio::test]
async fn saved_before_the_flush_postgres() {
    saved_before_the_flush(Target::Postgres).await;
}

#[tokio::test]
async fn saved_before_the_flush_sqlite() {
    saved_before_the_flush(Target::Sqlite).await;
}

#[tokio::test]
async fn saved_before_the_flush_memory() {
    saved_before_the_flush(Target::Memory).await;
}
