//! What a statement is beside its text.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use underpin_core::ColumnType;

use crate::CellOf;

/// SQL text with an identity that is the same for as long as the program runs, so that a connection finds its
/// prepared statement without hashing the text.
#[derive(Debug)]
pub struct Statement {
    id: u64,
    text: String,
    columns: Vec<ColumnType>,
}

impl Statement {
    /// A statement, with the types of the columns that it gives.
    #[must_use]
    pub fn new(text: String, columns: Vec<ColumnType>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self { id: NEXT.fetch_add(1, Ordering::Relaxed), text, columns }
    }

    /// Its number, unique in the program and given in the order of making, so that it can be an index.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Its SQL.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The types of the columns that it gives.
    #[must_use]
    pub fn columns(&self) -> &[ColumnType] {
        &self.columns
    }
}

/// Whether a statement takes one row or many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One row: each parameter is a value.
    One,
    /// Many rows: each parameter is an array with one element a row. Only with `Capability::array_parameters`.
    Many,
}

/// How many rows are looked for by their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sought {
    /// One: each parameter is a value.
    One,
    /// A few, by one plan for all numbers of them: each parameter is an array. Only with `Capability::array_parameters`.
    Few,
    /// Any number, with a plan for just as many: each parameter is an array.
    Many,
}

impl Sought {
    /// Up to so many keys are looked up one by one in any plan.
    const FEW: usize = 64;

    /// For this number of keys.
    #[must_use]
    pub fn of(keys: usize) -> Self {
        match keys {
            1 => Self::One,
            0..=Self::FEW => Self::Few,
            _ => Self::Many,
        }
    }
}

/// One parameter of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParamShape {
    /// Which cell of a row it carries.
    pub cell: CellOf,
    /// The type of that cell.
    pub ty: ColumnType,
    /// Whether the elements travel as text because an array of arrays would lose its shape (PostgreSQL's UNNEST
    /// flattens); each element is then the array's text form.
    pub as_text: bool,
}

/// A statement that writes rows of one group.
#[derive(Debug)]
pub struct WriteStatement {
    /// Its text. An update or delete that misses a row fails in the database with [`WriteStatement::STALE`] in the
    /// message, followed by the row's number, counted from 1; without array parameters the driver counts rows itself.
    pub statement: Statement,
    /// Its parameters, in order.
    pub params: Vec<ParamShape>,
    /// How many rows it takes.
    pub shape: Shape,
    /// Where the insert, update or delete itself stands in the text, without what checks it.
    pub(super) body: Range<usize>,
}

impl WriteStatement {
    /// What the message of a failed cast contains before the number of the first missing row.
    pub const STALE: &'static str = "underpin: stale row ";

    /// The insert, update or delete itself, without what checks it.
    pub(super) fn body(&self) -> &str {
        self.statement.text().get(self.body.clone()).unwrap_or_default()
    }
}
