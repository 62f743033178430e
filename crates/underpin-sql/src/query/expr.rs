//! A condition on the columns of one table, erased.

use super::Param;

/// A condition. Columns stand by their position in the table.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Expr {
    /// A column compared with a value.
    Compare {
        /// Position of the column.
        column: usize,
        /// How they are compared.
        comparison: Comparison,
        /// The value.
        value: Param,
    },
    /// A column among values.
    In {
        /// Position of the column.
        column: usize,
        /// The values.
        values: Vec<Param>,
    },
    /// A column that is NULL, or is not.
    IsNull {
        /// Position of the column.
        column: usize,
        /// Whether it must not be NULL.
        negated: bool,
    },
    /// All of them; of none, true.
    And(Vec<Expr>),
    /// One of them; of none, false.
    Or(Vec<Expr>),
    /// Not.
    Not(Box<Expr>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    /// As it stands in SQL.
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "<>",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }
}
