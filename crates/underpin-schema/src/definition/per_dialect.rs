//! A piece of SQL that may read differently in each dialect.

use underpin_core::Dialect;

/// SQL for all dialects, and where it differs, for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerDialect {
    /// The SQL for dialects that are not named.
    pub any: &'static str,
    /// Name of a dialect, and its SQL.
    pub named: &'static [(&'static str, &'static str)],
}

impl PerDialect {
    /// The same SQL for all dialects.
    #[must_use]
    pub const fn same(sql: &'static str) -> Self {
        Self { any: sql, named: &[] }
    }

    /// The SQL for a dialect.
    #[must_use]
    pub fn of(&self, dialect: &Dialect) -> &'static str {
        self.named.iter().find(|(name, _)| *name == dialect.name).map_or(self.any, |(_, sql)| sql)
    }
}
