//! The marker of this program's database.

use underpin::{Schema, SchemaBuilder, Store};

use crate::row::CarRow;

/// The database of this program, as a type: `impl Entity<Db> for Car` says how a car is stored *here*.
#[derive(Debug, Clone, Copy)]
pub struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<CarRow>()
    }
}
