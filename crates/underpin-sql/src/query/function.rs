//! Functions and operators of SQL as data: what each dialect writes for them.

use underpin_core::{Dialect, Error};
use underpin_schema::SortOrder;

use super::{Order, Tree};

/// A function, an operator, an aggregate: a text with holes for each dialect.
///
/// `{0}` is the first argument, `{..}` stands for all of them with commas between. In an aggregate `{..}` carries
/// DISTINCT and ORDER BY, and `{tail}` stands for FILTER and OVER.
#[derive(Debug)]
pub struct Function {
    /// How it is called in an error.
    pub name: &'static str,
    /// How many arguments stand in an error; the others are the toolkit's own.
    pub(crate) shown: usize,
    /// By [`Dialect::slot`].
    sql: [&'static str; Dialect::SLOTS],
}

impl Function {
    /// A function that every dialect writes alike.
    pub(crate) const fn same(name: &'static str, sql: &'static str) -> Self {
        Self { name, shown: usize::MAX, sql: [sql, sql] }
    }

    /// A function that each dialect writes in its own way.
    pub(crate) const fn per_dialect(
        name: &'static str,
        postgres: &'static str,
        sqlite: &'static str,
    ) -> Self {
        Self { name, shown: usize::MAX, sql: [postgres, sqlite] }
    }

    /// With so many arguments shown in an error.
    pub(crate) const fn showing(mut self, arguments: usize) -> Self {
        self.shown = arguments;
        self
    }

    /// The error of a function that a dialect has not.
    pub(crate) fn is_missing(&self, dialect: &Dialect) -> Error {
        Error::usage(
            format!("{} has nothing like this function of {} values", dialect.name, self.name),
            "ask for the rows and look at the values in the program, or write the query by hand for each database",
        )
    }

    /// Its arguments without those that are the toolkit's own.
    #[must_use]
    pub fn arguments<'t>(&self, args: &'t [Tree]) -> &'t [Tree] {
        args.get(..self.shown.min(args.len())).unwrap_or_default()
    }

    /// Its text in a dialect; empty if the dialect has not the like.
    #[must_use]
    pub fn sql(&self, dialect: &Dialect) -> &'static str {
        self.sql.get(dialect.slot).copied().unwrap_or("")
    }
}

/// What makes a function an aggregate or a window function.
#[derive(Debug, Clone, Default)]
pub struct Tail {
    /// Whether each value counts once.
    pub(crate) distinct: bool,
    /// In which order the values are taken.
    pub(crate) order: Vec<Order>,
    /// Only of rows for which this holds.
    pub(crate) filter: Option<Tree>,
    /// The rows that a window function sees.
    pub(crate) over: Option<Window>,
}

impl Tail {
    /// Whether each value counts once.
    #[must_use]
    pub fn is_distinct(&self) -> bool {
        self.distinct
    }

    /// In which order the values are taken.
    #[must_use]
    pub fn order(&self) -> &[Order] {
        &self.order
    }

    /// Only of rows for which this holds.
    #[must_use]
    pub fn filter(&self) -> Option<&Tree> {
        self.filter.as_ref()
    }

    /// Whether it is a value of each row that looks at others.
    #[must_use]
    pub fn is_windowed(&self) -> bool {
        self.over.is_some()
    }
}

/// The rows that a window function sees.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// Rows with equal values of these.
    pub(crate) partition: Vec<Tree>,
    /// In which order.
    pub(crate) order: Vec<Order>,
    /// From where to where, in SQL.
    pub(crate) frame: Option<Frame>,
}

/// From where to where a window reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    pub(crate) from: FrameEnd,
    pub(crate) to: FrameEnd,
}

/// An end of a frame, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameEnd {
    /// The first row of the partition.
    First,
    /// So many rows before the current one.
    Before(u32),
    /// The current row.
    Current,
    /// So many rows after the current one.
    After(u32),
    /// The last row of the partition.
    Last,
}

/// `ASC` or `DESC` with the blank before it.
pub(crate) const fn direction(sort: SortOrder) -> &'static str {
    match sort {
        SortOrder::Asc => " ASC",
        SortOrder::Desc => " DESC",
    }
}
