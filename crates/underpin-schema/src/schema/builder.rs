//! Collecting the tables of a program.

use std::collections::HashMap;

use underpin_core::Result;

use super::{Schema, TableNames};
use crate::naming::NamingConvention;
use crate::{Table, TableDef, validate};

/// A program's marker for one database: it says which tables are in it.
///
/// It is a type of the adapter, so that the adapter may say how types of the domain are stored there.
///
/// ```
/// use underpin_schema::{Schema, SchemaBuilder, Store};
///
/// pub struct Db;
///
/// impl Store for Db {
///     fn schema() -> SchemaBuilder {
///         Schema::builder() // .table::<UserRow>().table::<OutboxRow>()
///     }
/// }
/// ```
pub trait Store: Send + Sync + 'static {
    /// The tables.
    fn schema() -> SchemaBuilder;
}

/// Collects tables, then checks them.
#[derive(Debug, Default)]
#[must_use = "`build` makes the schema"]
pub struct SchemaBuilder {
    tables: Vec<&'static TableDef>,
    convention: NamingConvention,
    verify: Vec<fn(&Schema) -> Result<()>>,
}

impl SchemaBuilder {
    /// Adds a table.
    pub fn table<T: Table>(self) -> Self {
        self.definition(T::def())
    }

    /// Adds a table by its definition.
    pub fn definition(mut self, table: &'static TableDef) -> Self {
        self.tables.push(table);
        self
    }

    /// Names by another convention than the default.
    pub fn naming(mut self, convention: NamingConvention) -> Self {
        self.convention = convention;
        self
    }

    /// Has the finished schema looked at by a function, which may refuse it: what must hold between tables beyond what
    /// they say themselves.
    pub fn verify(mut self, verify: fn(&Schema) -> Result<()>) -> Self {
        self.verify.push(verify);
        self
    }

    /// Checks everything and gives it names.
    ///
    /// # Errors
    /// What contradicts itself, in which table and column, and what to do.
    pub fn build(self) -> Result<Schema> {
        validate::tables(&self.tables)?;
        let mut names = HashMap::new();
        for table in &self.tables {
            names.insert(table.name, TableNames::of(table, &self.convention)?);
        }
        let schema = Schema { tables: self.tables, names };
        validate::names(&schema)?;
        self.verify.iter().try_for_each(|verify| verify(&schema))?;
        Ok(schema)
    }
}
