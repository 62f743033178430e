//! The databases that a revision file can name.

use std::fmt;

/// A database system, by the name that stands in revision files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// PostgreSQL: `postgres`.
    Postgres,
    /// SQLite: `sqlite`.
    Sqlite,
}

impl Dialect {
    /// Every dialect.
    pub(crate) const ALL: [Self; 2] = [Self::Postgres, Self::Sqlite];

    /// The name in revision files: `postgres` or `sqlite`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Sqlite => "sqlite",
        }
    }

    /// The dialect of a name, if there is one.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
