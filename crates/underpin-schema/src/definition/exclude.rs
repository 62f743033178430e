//! An exclusion constraint (PostgreSQL).

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
    pub predicate: Option<&'static str>,
    /// Name of the one dialect that has the constraint; all must have it if there is none.
    pub only: Option<&'static str>,
}

/// One comparison of an exclusion constraint.
#[derive(Debug)]
pub struct ExcludePart {
    /// SQL expression, or a column's name.
    pub expression: &'static str,
    /// Operator, for example `&&`.
    pub operator: &'static str,
}
