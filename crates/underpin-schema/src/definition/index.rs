//! An index.

use super::PerDialect;

/// An index.
#[derive(Debug)]
pub struct IndexDef {
    /// Its name; by the naming convention if there is none.
    pub name: Option<&'static str>,
    /// Whether two rows may not have the same keys.
    pub unique: bool,
    /// Access method (PostgreSQL), for example `gin`.
    pub method: Option<&'static str>,
    /// What is indexed, in order.
    pub parts: &'static [IndexPart],
    /// SQL condition of the rows that are indexed.
    pub predicate: Option<PerDialect>,
    /// Positions of columns that are carried along (PostgreSQL).
    pub include: &'static [usize],
    /// Name of the one dialect that has the index; all have it if there is none.
    pub only: Option<&'static str>,
}

impl IndexDef {
    /// A plain index that has no parts yet, to be completed with `..IndexDef::NEW`.
    pub const NEW: Self = Self {
        name: None,
        unique: false,
        method: None,
        parts: &[],
        predicate: None,
        include: &[],
        only: None,
    };
}

/// One key of an index.
#[derive(Debug)]
pub struct IndexPart {
    /// What is indexed.
    pub key: IndexKey,
    /// Its order.
    pub order: SortOrder,
    /// Where NULLs stand (PostgreSQL).
    pub nulls: NullsOrder,
    /// Operator class (PostgreSQL).
    pub opclass: Option<&'static str>,
}

impl IndexPart {
    /// A column in ascending order.
    #[must_use]
    pub const fn column(position: usize) -> Self {
        Self {
            key: IndexKey::Column(position),
            order: SortOrder::Asc,
            nulls: NullsOrder::Default,
            opclass: None,
        }
    }
}

/// What an index sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexKey {
    /// The column at this position.
    Column(usize),
    /// A SQL expression.
    Expression(PerDialect),
}

/// Ascending or descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortOrder {
    /// From low to high.
    Asc,
    /// From high to low.
    Desc,
}

/// Where NULLs stand in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NullsOrder {
    /// Where the database puts them.
    Default,
    /// Before all values.
    First,
    /// After all values.
    Last,
}
