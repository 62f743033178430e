//! A query, erased.

use underpin_schema::TableDef;

use super::{Order, Tree, Written};

/// A query as a value: what is selected, from where, which rows, in which order.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Select {
    /// Queries that this one reads as tables.
    pub with: Vec<With>,
    /// Whether equal rows count once.
    pub distinct: Distinct,
    /// What is selected. Empty: all columns of the first table, in the order of its definition.
    pub columns: Vec<Tree>,
    /// The first table.
    pub from: Source,
    /// A query that is read in place of the first table.
    pub inner: Option<Box<Select>>,
    /// Whether all columns of what is read in place of the first table are taken as they come.
    pub(crate) everything: bool,
    /// SQL by hand, in place of all the rest but the columns.
    pub written: Option<Written>,
    /// Whether the database is asked for its plan alone.
    pub explain: bool,
    /// Tables joined to it, in order.
    pub joins: Vec<Join>,
    /// Which rows.
    pub filter: Option<Tree>,
    /// Rows with equal values of these become one.
    pub group: Vec<Tree>,
    /// Which groups.
    pub having: Option<Tree>,
    /// Queries whose rows are added or taken away, in order.
    pub set: Vec<(SetOperation, Select)>,
    /// In which order.
    pub order: Vec<Order>,
    /// At most so many.
    pub limit: Option<u64>,
    /// Leaving out so many first.
    pub offset: Option<u64>,
    /// Whether rows of the first table are locked.
    pub lock: Lock,
}

impl Select {
    /// All rows of a table.
    #[must_use]
    pub fn new(table: &'static TableDef) -> Self {
        Self {
            with: Vec::new(),
            distinct: Distinct::No,
            columns: Vec::new(),
            from: Source { table, alias: None },
            inner: None,
            everything: false,
            written: None,
            explain: false,
            joins: Vec::new(),
            filter: None,
            group: Vec::new(),
            having: None,
            set: Vec::new(),
            order: Vec::new(),
            limit: None,
            offset: None,
            lock: Lock::None,
        }
    }

    /// Only rows for which this holds too.
    pub fn filter(&mut self, condition: Tree) {
        self.filter = Some(match self.filter.take() {
            None => condition,
            Some(before) => before.and(condition),
        });
    }

    /// Whether each row that is read is one row of the result.
    #[must_use]
    pub fn is_ungrouped(&self) -> bool {
        self.set.is_empty()
            && self.group.is_empty()
            && self.having.is_none()
            && matches!(self.distinct, Distinct::No)
            && !self.columns.iter().any(Tree::is_aggregate)
    }

    /// A query for the number of this one's rows.
    #[must_use]
    pub fn counted(&self) -> Self {
        let mut counted = self.clone();
        counted.order.clear();
        counted.lock = Lock::None;
        if self.is_ungrouped() && self.limit.is_none() && self.offset.is_none() {
            counted.columns = vec![Tree::count_rows()];
            return counted;
        }
        if counted.is_ungrouped() {
            counted.columns = vec![Tree::number(1)];
        }
        // The order decides which rows a DISTINCT ON gives, not how many.
        let mut outer = Self::new(self.from.table);
        outer.with = std::mem::take(&mut counted.with);
        outer.columns = vec![Tree::count_rows()];
        outer.inner = Some(Box::new(counted));
        outer
    }

    /// How many columns a row has.
    #[must_use]
    pub fn width(&self) -> usize {
        if self.columns.is_empty() { self.from.table.columns.len() } else { self.columns.len() }
    }

    /// Whether the query is for rows of one table, all columns, and nothing that needs more than that table.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.columns.is_empty()
            && self.joins.is_empty()
            && self.inner.is_none()
            && self.written.is_none()
            && !self.explain
            && self.with.is_empty()
            && self.set.is_empty()
            && self.group.is_empty()
            && self.having.is_none()
            && matches!(self.distinct, Distinct::No)
    }
}

/// A table as a query reads it.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The table.
    pub table: &'static TableDef,
    /// The name that the query gives it, if it is another.
    pub alias: Option<&'static str>,
}

/// A query that another one reads as a table.
#[derive(Debug, Clone)]
pub struct With {
    /// Its name and columns.
    pub table: &'static TableDef,
    /// What it gives.
    pub select: Select,
    /// Whether it reads itself.
    pub recursive: bool,
}

/// Whether equal rows count once.
#[derive(Debug, Clone, Default)]
pub enum Distinct {
    /// Not.
    #[default]
    No,
    /// Rows that are equal in what is selected.
    Rows,
    /// Of rows with equal values of these, the first of the order.
    On(Vec<Tree>),
}

/// A table joined to a query.
#[derive(Debug, Clone)]
pub struct Join {
    /// How.
    pub kind: JoinKind,
    /// The table.
    pub source: Source,
    /// Which rows belong together; `None` only for all with all.
    pub on: Option<Tree>,
}

/// How a table is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// Only rows that have a partner.
    Inner,
    /// All rows that were there before.
    Left,
    /// All rows of the joined table.
    Right,
    /// All rows of both.
    Full,
    /// Every row with every row.
    Cross,
}

impl JoinKind {
    /// As it stands in SQL, with a blank on both sides.
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            Self::Inner => " JOIN ",
            Self::Left => " LEFT JOIN ",
            Self::Right => " RIGHT JOIN ",
            Self::Full => " FULL JOIN ",
            Self::Cross => " CROSS JOIN ",
        }
    }
}

/// How the rows of two queries become those of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOperation {
    /// Rows of either, each once.
    Union,
    /// Rows of either.
    UnionAll,
    /// Rows of both, each once.
    Intersect,
    /// Rows of the first that the second has not, each once.
    Except,
}

impl SetOperation {
    /// As it stands in SQL, with a blank on both sides.
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            Self::Union => " UNION ",
            Self::UnionAll => " UNION ALL ",
            Self::Intersect => " INTERSECT ",
            Self::Except => " EXCEPT ",
        }
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
    /// Against changes by others, who may lock it in the same way.
    ForShare,
}
