//! What a connection has prepared: statements of mapped operations by their number, others by their text.

use std::collections::HashMap;

use underpin_core::{ColumnType, Error, ErrorKind, Result};
use underpin_schema::TableDef;
use underpin_sql::{Query, Statement};
use underpin_wire::{Column, Connection, Error as WireError, Group, Prepared, Ticket, Type};

use crate::codec::{Bind, Binds, accepts, type_name};

/// The prepared statements of one connection.
#[derive(Default)]
pub(crate) struct Statements {
    /// By [`Statement::id`]; the statements of mapped operations, which are never dropped.
    fixed: Vec<Option<Prepared>>,
    /// By text; the least recently used is dropped.
    dynamic: HashMap<Box<str>, Dynamic>,
    clock: u64,
}

struct Dynamic {
    prepared: Prepared,
    used: u64,
}

/// A statement as it is sent.
#[derive(Clone)]
pub(crate) enum Handle<'a> {
    /// Prepared on this connection.
    Named(Prepared),
    /// Sent as text each time, for a pooler that may change the server between transactions.
    Unnamed(&'a str),
}

/// A statement that is to be sent: of a mapped operation, or of dynamic text.
#[derive(Clone, Copy)]
pub(crate) enum Sql<'q> {
    /// Found by its number.
    Fixed(&'q Statement),
    /// Found by its text.
    Dynamic(&'q str),
}

impl<'q> Sql<'q> {
    /// Its text.
    pub(crate) fn text(self) -> &'q str {
        match self {
            Self::Fixed(statement) => statement.text(),
            Self::Dynamic(text) => text,
        }
    }
}

impl Handle<'_> {
    /// Asks for the statement to be executed. Outside a transaction it is one by itself, which ends with the answer.
    pub(crate) fn ask(&self, client: &mut Connection, params: &[Bind<'_>]) -> Result<Ticket, WireError> {
        match self {
            Self::Named(prepared) => client.execute(prepared, &Binds(params)),
            Self::Unnamed(text) => client.execute_unnamed(text, &Binds(params)),
        }
    }

    /// Asks for the statement to be executed as one of several.
    pub(crate) fn ask_in(&self, group: &mut Group<'_>, params: &[Bind<'_>]) -> Result<Ticket, WireError> {
        match self {
            Self::Named(prepared) => group.execute(prepared, &Binds(params)),
            Self::Unnamed(text) => group.execute_unnamed(text, &Binds(params)),
        }
    }

    /// The statement, if it is prepared.
    pub(crate) fn prepared(&self) -> Option<&Prepared> {
        match self {
            Self::Named(prepared) => Some(prepared),
            Self::Unnamed(_) => None,
        }
    }
}

impl Statements {
    /// The statement, if it is prepared.
    pub(crate) fn find(&mut self, sql: Sql<'_>) -> Option<Prepared> {
        match sql {
            Sql::Fixed(statement) => self.fixed.get(index(statement))?.clone(),
            Sql::Dynamic(text) => {
                self.clock += 1;
                let found = self.dynamic.get_mut(text)?;
                found.used = self.clock;
                Some(found.prepared.clone())
            }
        }
    }

    /// Keeps a statement; of dynamic ones at most `limit`.
    pub(crate) fn keep(&mut self, sql: Sql<'_>, prepared: Prepared, limit: usize) {
        match sql {
            Sql::Fixed(statement) => {
                let index = index(statement);
                if self.fixed.len() <= index {
                    self.fixed.resize(index + 1, None);
                }
                if let Some(slot) = self.fixed.get_mut(index) {
                    *slot = Some(prepared);
                }
            }
            Sql::Dynamic(text) if limit > 0 => {
                while self.dynamic.len() >= limit {
                    let entries = self.dynamic.iter();
                    let oldest = entries.min_by_key(|(_, entry)| entry.used).map(|(text, _)| text.clone());
                    match oldest {
                        Some(text) => self.dynamic.remove(&text),
                        None => break,
                    };
                }
                self.clock += 1;
                self.dynamic.insert(text.into(), Dynamic { prepared, used: self.clock });
            }
            Sql::Dynamic(_) => {}
        }
    }

    /// Forgets a statement.
    pub(crate) fn forget(&mut self, sql: Sql<'_>) {
        match sql {
            Sql::Fixed(statement) => {
                if let Some(slot) = self.fixed.get_mut(index(statement)) {
                    *slot = None;
                }
            }
            Sql::Dynamic(text) => _ = self.dynamic.remove(text),
        }
    }
}

/// Numbers are given in the order of making, so that they serve as an index.
fn index(statement: &Statement) -> usize {
    usize::try_from(statement.id()).unwrap_or(usize::MAX - 1)
}

/// Compares the columns that a statement gives with those that the row struct declares.
pub(crate) fn check_columns(
    table: &TableDef,
    declared: impl Iterator<Item = ColumnType>,
    found: &[Column],
) -> Result<()> {
    // What stands behind the declared columns is the check of an update or delete, which nobody reads.
    let mut found = found.iter();
    let mut missing = false;
    for ty in declared {
        match found.next() {
            Some(column) => check(table, column.name(), ty, column.type_())?,
            None => missing = true,
        }
    }
    if !missing {
        return Ok(());
    }
    let what = format!("table {}: the statement gives fewer columns than declared", table.name);
    Err(Error::schema(what, "report this as a defect"))
}

/// Compares the columns of a query with what it selects.
pub(crate) fn check_result(query: &Query<'_>, found: &[Column]) -> Result<()> {
    let Some(types) = query.types() else {
        let table = query.table();
        return check_columns(table, table.columns.iter().map(|column| column.ty), found);
    };
    if found.len() < types.len() {
        let what = "the statement gives fewer columns than are selected";
        return Err(Error::schema(what, "give as many as the query declares"));
    }
    for (position, (ty, found)) in types.into_iter().zip(found).enumerate() {
        if !accepts(ty, found.type_()) {
            let (table, column) = query.label(position);
            return Err(unlike(table, &column, ty, found.type_()));
        }
    }
    Ok(())
}

/// Compares one column or parameter with its declaration.
pub(crate) fn check(table: &TableDef, column: &str, ty: ColumnType, pg: &Type) -> Result<()> {
    if accepts(ty, pg) { Ok(()) } else { Err(unlike(table.name, column, ty, pg)) }
}

fn unlike(table: &str, column: &str, ty: ColumnType, pg: &Type) -> Error {
    let kind = ErrorKind::Value { table: table.to_owned(), column: column.to_owned() };
    let declared = type_name(ty);
    let what =
        format!("column {table}.{column}: the database holds {}, the row struct {declared}", pg.name());
    Error::new(kind, what).with_hint("migrate the database, or correct the field's type")
}
