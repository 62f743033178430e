//! What the store holds at a moment.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::rules::Rules;
use crate::table::{Bytes, MemoryTable};

/// All tables. A copy is cheap: it shares every table that it does not change.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) tables: Vec<Arc<MemoryTable>>,
    /// What is to be checked when the transaction commits. Empty once it has.
    pub(crate) deferred: BTreeSet<Deferred>,
}

/// A check that is put off to the end of the transaction.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deferred {
    /// Whether no two rows of a table hold this value of one of its unique rules.
    Unique { table: usize, rule: usize, value: Bytes },
    /// Whether rows that name this value by a foreign key find what they name.
    ForeignKey { key: usize, value: Bytes },
}

impl State {
    pub(crate) fn empty(rules: &Rules) -> Self {
        let tables = rules.tables.iter().map(|table| Arc::new(MemoryTable::new(table))).collect();
        Self { tables, deferred: BTreeSet::new() }
    }

    /// A table, copied first if somebody else holds it too.
    pub(crate) fn table_mut(&mut self, table: usize) -> &mut MemoryTable {
        Arc::make_mut(&mut self.tables[table])
    }
}

/// The newest committed state.
pub(crate) struct Committed(Mutex<Arc<State>>);

impl Committed {
    pub(crate) fn new(state: State) -> Self {
        Self(Mutex::new(Arc::new(state)))
    }

    pub(crate) fn newest(&self) -> Arc<State> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the state by what `next` makes of it, while nobody else can. If that fails, it stays as it is.
    pub(crate) fn replace<E>(&self, next: impl FnOnce(&Arc<State>) -> Result<State, E>) -> Result<(), E> {
        // The state is whole at any time, whatever a panic interrupted: it is replaced in one move.
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *newest = Arc::new(next(&newest)?);
        Ok(())
    }
}
