//! A query for whole rows of one table.

use underpin_schema::TableDef;

use super::{Expr, Order, Rows};

/// What a driver is asked to fetch: rows of one table, all columns in the order of the definition.
#[non_exhaustive]
pub enum Query<'a> {
    /// The rows with these keys, in any order. One key is the hot path.
    Keys {
        /// The table.
        table: &'static TableDef,
        /// The keys; their cells are `CellOf::Old`.
        keys: &'a dyn Rows,
        /// Whether rows are locked.
        lock: Lock,
    },
    /// The rows that refer to one of these, ordered by what they refer to, then by primary key.
    Referring {
        /// The table.
        table: &'static TableDef,
        /// Positions of the columns that refer.
        columns: &'static [usize],
        /// What they may hold, none of it twice; the cells are `CellOf::Old` of `columns`.
        to: &'a dyn Rows,
    },
    /// The rows of a condition.
    Select(&'a Select),
}

impl Query<'_> {
    /// The table that is read.
    #[must_use]
    pub fn table(&self) -> &'static TableDef {
        match self {
            Self::Keys { table, .. } | Self::Referring { table, .. } => table,
            Self::Select(select) => select.table,
        }
    }
}

/// A query by condition.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Select {
    /// The table.
    pub table: &'static TableDef,
    /// Which rows.
    pub filter: Option<Expr>,
    /// In which order.
    pub order: Vec<Order>,
    /// At most so many.
    pub limit: Option<u64>,
    /// Leaving out so many first.
    pub offset: Option<u64>,
    /// Whether rows are locked.
    pub lock: Lock,
}

impl Select {
    /// All rows of a table.
    #[must_use]
    pub fn new(table: &'static TableDef) -> Self {
        Self { table, filter: None, order: Vec::new(), limit: None, offset: None, lock: Lock::None }
    }

    /// Only rows for which this holds too.
    pub fn filter(&mut self, expr: Expr) {
        self.filter = Some(match self.filter.take() {
            None => expr,
            Some(Expr::And(mut all)) => {
                all.push(expr);
                Expr::And(all)
            }
            Some(before) => Expr::And(vec![before, expr]),
        });
    }
}

/// Whether and how the rows read are locked until the transaction ends. SQLite has no row locks: there the one
/// writer is the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lock {
    /// Not.
    #[default]
    None,
    /// For update, waiting for others.
    ForUpdate,
    /// For update, passing over rows that others hold.
    SkipLocked,
    /// For update, failing at once if others hold a row.
    NoWait,
}
