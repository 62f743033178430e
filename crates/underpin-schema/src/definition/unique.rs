//! A UNIQUE constraint.

/// A UNIQUE constraint over one or more columns.
#[derive(Debug)]
pub struct UniqueDef {
    /// Its name; by the naming convention if there is none.
    pub name: Option<&'static str>,
    /// Positions of its columns.
    pub columns: &'static [usize],
    /// Whether it is checked at the end of the transaction (PostgreSQL).
    pub deferred: bool,
}
