//! An exclusion constraint (PostgreSQL).

use super::PerDialect;

/// An exclusion constraint: no two rows for which all operators hold.
#[derive(Debug)]
pub struct ExcludeDef {
    /// Its name.
    pub name: &'static str,
    /// Index method, for example `gist`.
    pub method: &'static str,
    /// What is compared, and how.
    pub parts: &'static [ExcludePart],
    /// SQL condition of the rows concerned.
    pub predicate: Option<PerDialect>,
    /// Name of the one dialect that has the constraint; all must have it if there is none.
    pub only: Option<&'static str>,
}

impl ExcludeDef {
    /// A constraint that compares nothing yet.
    pub const NEW: Self = Self { name: "", method: "gist", parts: &[], predicate: None, only: None };

    /// Its name.
    #[must_use]
    pub const fn name(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// No two rows for which all of these hold.
    #[must_use]
    pub const fn with(self, parts: &'static [ExcludePart]) -> Self {
        Self { parts, ..self }
    }

    /// By an index method; without it, `gist`.
    #[must_use]
    pub const fn method(self, method: &'static str) -> Self {
        Self { method, ..self }
    }

    /// Of those rows only for which the condition holds.
    #[must_use]
    pub const fn predicate(self, condition: PerDialect) -> Self {
        Self { predicate: Some(condition), ..self }
    }

    /// In one dialect only: `postgres`.
    #[must_use]
    pub const fn only(self, dialect: &'static str) -> Self {
        Self { only: Some(dialect), ..self }
    }
}

/// One comparison of an exclusion constraint.
#[derive(Debug)]
pub struct ExcludePart {
    /// SQL expression, or a column's name.
    pub expression: &'static str,
    /// Operator, for example `&&`.
    pub operator: &'static str,
}
