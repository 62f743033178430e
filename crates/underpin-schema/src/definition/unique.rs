//! A UNIQUE constraint.

/// A UNIQUE constraint over one or more columns.
#[derive(Debug)]
pub struct UniqueDef {
    /// Its name; by the naming convention if there is none.
    pub name: Option<&'static str>,
    /// Positions of its columns.
    pub columns: &'static [usize],
    /// Whether it is checked at the end of the transaction (PostgreSQL; SQLite checks each statement).
    pub deferred: bool,
}

impl UniqueDef {
    /// A constraint that has no columns yet.
    pub const NEW: Self = Self { name: None, columns: &[], deferred: false };

    /// A constraint over the columns at these positions.
    #[must_use]
    pub const fn of(positions: &'static [usize]) -> Self {
        Self::NEW.columns(positions)
    }

    /// Over the columns at these positions.
    #[must_use]
    pub const fn columns(self, positions: &'static [usize]) -> Self {
        Self { columns: positions, ..self }
    }

    /// With a name of its own.
    #[must_use]
    pub const fn name(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// Checked at the end of the transaction (PostgreSQL).
    #[must_use]
    pub const fn deferred(self) -> Self {
        Self { deferred: true, ..self }
    }
}
