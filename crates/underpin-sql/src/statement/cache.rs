//! The statements of one table in one dialect, each rendered at its first use and kept.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use underpin_core::{ColumnSet, Dialect, Error, Result};
use underpin_schema::TableDef;

use super::write::{render_delete, render_insert, render_update};
use super::{ReadStatement, Shape, Sought, WriteStatement};
use crate::{Lock, Write, WriteKind};

/// Statements of one kind, each under what it is for.
type Kept<K, T> = RwLock<HashMap<K, Arc<T>>>;

/// The statements of one table in one dialect.
pub struct TableStatements {
    table: &'static TableDef,
    dialect: &'static Dialect,
    by_key: OnceLock<ReadStatement>,
    by_keys: Kept<(Sought, Lock), ReadStatement>,
    referring: Kept<(Sought, &'static [usize]), ReadStatement>,
    writes: Kept<WriteShape, WriteStatement>,
}

#[derive(PartialEq, Eq, Hash, Clone, Copy)]
struct WriteShape {
    kind: WriteKind,
    shape: Shape,
    columns: ColumnSet,
    returning: ColumnSet,
    versioned: bool,
}

impl TableStatements {
    /// The statements of a table, the same ones at each call.
    ///
    /// # Errors
    /// If the slot of the table is used by another crate, which is a mistake in this workspace.
    pub fn of(table: &'static TableDef, dialect: &'static Dialect) -> Result<&'static Self> {
        table
            .statements
            .get(dialect, || Self {
                table,
                dialect,
                by_key: OnceLock::new(),
                by_keys: RwLock::default(),
                referring: RwLock::default(),
                writes: RwLock::default(),
            })
            .ok_or_else(|| Error::usage("the statement slot is taken", "report this as a defect"))
    }

    /// The row with one key; its parameters are the key's columns.
    #[must_use]
    pub fn by_key(&self) -> &ReadStatement {
        self.by_key.get_or_init(|| ReadStatement::by_key(self.table, self.dialect, Sought::One, Lock::None))
    }

    /// The rows with some keys, and a lock on them; its parameters are the key's columns, or arrays of them.
    #[must_use]
    pub fn by_keys(&self, sought: Sought, lock: Lock) -> Arc<ReadStatement> {
        kept(&self.by_keys, (sought, lock), || ReadStatement::by_key(self.table, self.dialect, sought, lock))
    }

    /// The rows whose `columns` refer to one row, or to one of several, in the order of [`crate::Query::Referring`]; its
    /// parameters are those columns.
    #[must_use]
    pub fn referring(&self, sought: Sought, columns: &'static [usize]) -> Arc<ReadStatement> {
        kept(&self.referring, (sought, columns), || {
            ReadStatement::referring(self.table, self.dialect, sought, columns)
        })
    }

    /// The statement of a group of writes.
    #[must_use]
    pub fn write(&self, write: &Write<'_>, shape: Shape) -> Arc<WriteStatement> {
        let key = WriteShape {
            kind: write.kind,
            shape,
            columns: write.columns,
            returning: write.returning,
            versioned: write.versioned,
        };
        kept(&self.writes, key, || match write.kind {
            WriteKind::Insert => {
                render_insert(self.table, self.dialect, shape, write.columns, write.returning)
            }
            WriteKind::Update => render_update(
                self.table,
                self.dialect,
                shape,
                write.columns,
                write.returning,
                write.versioned,
            ),
            WriteKind::Delete => render_delete(self.table, self.dialect, shape, write.versioned),
        })
    }
}

/// What is kept under a key, made now if it is not there.
fn kept<K: Eq + Hash, T>(at: &Kept<K, T>, key: K, make: impl FnOnce() -> T) -> Arc<T> {
    if let Some(found) = at.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Arc::clone(found);
    }
    let mut at = at.write().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(at.entry(key).or_insert_with(|| Arc::new(make())))
}
