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
