//! A statement's text while it is being written.

use underpin_core::{Dialect, Placeholder};
use underpin_schema::TableDef;

use super::quote::{push_placeholder, push_quoted};

/// A growing statement that knows how its dialect writes names and parameters.
pub(crate) struct Text {
    sql: String,
    placeholder: Placeholder,
    schemas: bool,
    params: usize,
}

impl Text {
    pub(crate) fn new(dialect: &Dialect) -> Self {
        Self {
            sql: String::with_capacity(256),
            placeholder: dialect.capability.placeholder,
            schemas: dialect.capability.schemas,
            params: 0,
        }
    }

    pub(crate) fn push(&mut self, sql: &str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    pub(crate) fn name(&mut self, identifier: &str) -> &mut Self {
        push_quoted(&mut self.sql, identifier);
        self
    }

    pub(crate) fn table(&mut self, table: &TableDef) -> &mut Self {
        if let (true, Some(schema)) = (self.schemas, table.schema) {
            self.name(schema).push(".");
        }
        self.name(table.name)
    }

    /// The next parameter.
    pub(crate) fn param(&mut self) -> &mut Self {
        self.params += 1;
        push_placeholder(&mut self.sql, self.placeholder, self.params);
        self
    }

    /// A list with commas between.
    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            each(self, item);
        }
        self
    }

    /// A list with ` AND ` between.
    pub(crate) fn all<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.push(" AND ");
            }
            each(self, item);
        }
        self
    }

    /// How long it is so far.
    pub(crate) fn len(&self) -> usize {
        self.sql.len()
    }

    pub(crate) fn finish(self) -> String {
        self.sql
    }
}
