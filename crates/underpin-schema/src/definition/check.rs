//! A CHECK constraint.

use super::PerDialect;

/// A CHECK constraint.
#[derive(Debug)]
pub struct CheckDef {
    /// What the naming convention calls the constraint, `%(constraint_name)s`.
    pub name: &'static str,
    /// SQL condition.
    pub expression: PerDialect,
}

impl CheckDef {
    /// A constraint that has no condition yet.
    pub const NEW: Self = Self { name: "", expression: PerDialect::same("") };

    /// What the naming convention calls the constraint.
    #[must_use]
    pub const fn name(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The condition.
    #[must_use]
    pub const fn sql(self, condition: PerDialect) -> Self {
        Self { expression: condition, ..self }
    }
}
