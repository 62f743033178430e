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
    /// An index that has no parts yet.
    pub const NEW: Self = Self {
        name: None,
        unique: false,
        method: None,
        parts: &[],
        predicate: None,
        include: &[],
        only: None,
    };

    /// An index of these parts.
    #[must_use]
    pub const fn of(parts: &'static [IndexPart]) -> Self {
        Self::NEW.columns(parts)
    }

    /// Of these parts.
    #[must_use]
    pub const fn columns(self, parts: &'static [IndexPart]) -> Self {
        Self { parts, ..self }
    }

    /// No two rows may have the same keys.
    #[must_use]
    pub const fn unique(self) -> Self {
        Self { unique: true, ..self }
    }

    /// Of those rows only for which the condition holds.
    #[must_use]
    pub const fn predicate(self, condition: PerDialect) -> Self {
        Self { predicate: Some(condition), ..self }
    }

    /// Carrying these columns along (PostgreSQL).
    #[must_use]
    pub const fn include(self, positions: &'static [usize]) -> Self {
        Self { include: positions, ..self }
    }

    /// By an access method (PostgreSQL), for example `gin`.
    #[must_use]
    pub const fn method(self, method: &'static str) -> Self {
        Self { method: Some(method), ..self }
    }

    /// With a name of its own.
    #[must_use]
    pub const fn name(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// In one dialect only: `postgres` or `sqlite`.
    #[must_use]
    pub const fn only(self, dialect: &'static str) -> Self {
        Self { only: Some(dialect), ..self }
    }
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
    /// The column at this position, in ascending order.
    #[must_use]
    pub const fn of(position: usize) -> Self {
        Self::new(IndexKey::Column(position))
    }

    /// A SQL expression, in ascending order.
    #[must_use]
    pub const fn expression(sql: &'static str) -> Self {
        Self::new(IndexKey::Expression(PerDialect::same(sql)))
    }

    const fn new(key: IndexKey) -> Self {
        Self { key, order: SortOrder::Asc, nulls: NullsOrder::Default, opclass: None }
    }

    /// From low to high.
    #[must_use]
    pub const fn asc(self) -> Self {
        Self { order: SortOrder::Asc, ..self }
    }

    /// From high to low.
    #[must_use]
    pub const fn desc(self) -> Self {
        Self { order: SortOrder::Desc, ..self }
    }

    /// NULLs before all values (PostgreSQL).
    #[must_use]
    pub const fn nulls_first(self) -> Self {
        Self { nulls: NullsOrder::First, ..self }
    }

    /// NULLs after all values (PostgreSQL).
    #[must_use]
    pub const fn nulls_last(self) -> Self {
        Self { nulls: NullsOrder::Last, ..self }
    }

    /// With an operator class (PostgreSQL).
    #[must_use]
    pub const fn opclass(self, class: &'static str) -> Self {
        Self { opclass: Some(class), ..self }
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
