//! A piece of SQL that may read differently in each dialect.

use underpin_core::Dialect;

/// SQL for all dialects, and where it differs, for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerDialect {
    /// The SQL for dialects that are not named.
    pub any: &'static str,
    /// Name of a dialect, or `any`, and its SQL.
    pub named: &'static [(&'static str, &'static str)],
}

impl PerDialect {
    /// The same SQL for all dialects.
    #[must_use]
    pub const fn same(sql: &'static str) -> Self {
        Self { any: sql, named: &[] }
    }

    /// SQL by dialect, `any` for those that are not named.
    ///
    /// # Panics
    /// At compile time, where the derive macro calls it, if a dialect is left without SQL.
    #[must_use]
    #[track_caller]
    #[allow(clippy::panic)]
    pub const fn named(named: &'static [(&'static str, &'static str)]) -> Self {
        let (mut any, mut postgres, mut sqlite) = (None, None, None);
        let mut i = 0;
        while i < named.len() {
            match named[i].0.as_bytes() {
                b"any" => any = Some(named[i].1),
                b"postgres" => postgres = Some(named[i].1),
                b"sqlite" => sqlite = Some(named[i].1),
                _ => {}
            }
            i += 1;
        }
        match (any, postgres, sqlite) {
            (Some(any), ..) => Self { any, named },
            (None, Some(any), Some(_)) => Self { any, named },
            _ => panic!("SQL for `postgres` and `sqlite` is needed, or for one of them and `any`"),
        }
    }

    /// The SQL for a dialect.
    #[must_use]
    pub fn of(&self, dialect: &Dialect) -> &'static str {
        self.named.iter().find(|(name, _)| *name == dialect.name).map_or(self.any, |(_, sql)| sql)
    }
}
