//! A lot of cars and their owners, for queries: each is written once, run on every database, and its SQL is shown.

#![allow(missing_docs, reason = "a row's fields are its columns, and say no more than their names")]

mod rows;

use std::fmt::{Debug, Write};
use std::sync::Mutex;

use underpin::query::{Columns, Covers, Select, SelectFrom, Selection, render_select};
use underpin::{Database, Dialect, Schema, SchemaBuilder, Store};

pub use rows::{Car, CarRow, OwnerRow, TreeRow, cars, owners};

/// The marker of the lot's tables.
#[derive(Debug)]
pub struct Lot;

impl Store for Lot {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<OwnerRow>().table::<CarRow>()
    }
}

/// A database with the lot in it, and the queries that were asked.
#[derive(Debug)]
pub struct Asked {
    /// The database.
    pub database: Database<Lot>,
    shown: Mutex<String>,
}

impl Asked {
    /// Fills the tables.
    pub async fn new(database: Database<Lot>) -> Self {
        let mut uow = database.begin().await.unwrap();
        owners().into_iter().for_each(|owner| uow.append(owner));
        uow.flush().await.unwrap();
        cars().into_iter().for_each(|car| uow.append(car));
        uow.commit().await.unwrap();
        Self { database, shown: Mutex::default() }
    }

    /// Runs a query, compares what it gives, and shows its SQL.
    #[track_caller]
    pub fn gives<Q, L, I>(
        &self,
        name: &str,
        query: SelectFrom<Q, Columns<L>>,
        expected: Vec<L::Output>,
    ) -> impl Future<Output = ()>
    where
        L: Selection<Output: Debug + PartialEq>,
        Q: Covers<L::Scope, I>,
    {
        self.show(name, query.as_select());
        let query = query.at(&self.database);
        let name = name.to_owned();
        async move {
            match query.all().await {
                Ok(found) => assert_eq!(found, expected, "{name}"),
                Err(error) => panic!("{name}: {error}"),
            }
        }
    }

    /// Shows the SQL of a query.
    pub fn show(&self, name: &str, select: &Select) {
        let mut shown = self.shown.lock().unwrap();
        writeln!(shown, "-- {name}").unwrap();
        for dialect in [Dialect::POSTGRES, Dialect::SQLITE] {
            match render_select(select, dialect) {
                Ok((sql, _)) => writeln!(shown, "{sql}").unwrap(),
                Err(error) => writeln!(shown, "error: {error}").unwrap(),
            }
        }
    }

    /// All that was shown.
    #[must_use]
    pub fn shown(&self) -> String {
        self.shown.lock().unwrap().clone()
    }
}
