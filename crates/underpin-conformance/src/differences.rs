//! Where a target does not pass a case, with the reason.

use crate::Target;

/// A case that a target does not pass, and why that is right.
#[derive(Debug, Clone, Copy)]
pub struct Difference {
    /// The target.
    pub target: Target,
    /// The case, by the name of its function.
    pub case: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// The list. A listed case is run nevertheless, and must fail: an entry that is no longer true is an error.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        target: Target::Memory,
        case: "check_names_its_constraint",
        reason: "a CHECK is SQL text, which only a database can evaluate",
    },
    Difference {
        target: Target::Memory,
        case: "computed_column_comes_back",
        reason: "a computed column is SQL text, which only a database can evaluate",
    },
    Difference {
        target: Target::Memory,
        case: "computed_columns_are_left_out",
        reason: "a computed column is SQL text, which only a database can evaluate",
    },
];

/// The entry for a case on a target.
#[must_use]
pub fn difference(target: Target, case: &str) -> Option<&'static Difference> {
    DIFFERENCES.iter().find(|difference| difference.target == target && difference.case == case)
}
