//! What a query selects, typed: columns, expressions, whole rows, and tuples of them.

mod columns;
mod row;
mod tuple;

use underpin_core::{CellError, Cells, Value};
use underpin_schema::Table;

use crate::{Column, Expr, NotNull, Nullable, Nullness, Tree};

pub use columns::{Columns, Selected, Tracker};
pub use row::{Row, row};

/// What can be selected, as a type that there is of nothing else.
///
/// A query that selects something else has no type then, so that the compiler names the mistake, and does not complain of
/// each further method of the query.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "not a selection",
    note = "select a column, an expression, `row::<UserRow>()`, or a tuple of up to twelve of them"
)]
pub trait Selectable {
    /// The selection.
    type Itself: Selection;

    /// The same.
    fn itself(self) -> Self::Itself;
}

/// Writes that a selection is one.
macro_rules! selectable {
    ($([$($generics:tt)*] $ty:ty),+ $(,)?) => {
        $(#[diagnostic::do_not_recommend]
        impl<$($generics)*> $crate::selection::Selectable for $ty {
            type Itself = Self;

            fn itself(self) -> Self {
                self
            }
        })+
    };
}
pub(crate) use selectable;

selectable!(
    [S: 'static, V: Value, N: Nullness] Expr<S, V, N>,
    [T: Table, V: Value, N: Nullness] Column<T, V, N>,
    [T: Table, S: 'static] Row<T, NotNull, S>,
    [T: Table, S: 'static] Row<T, Nullable, S>,
    [] (),
);

/// A column, an expression, a whole row, or a tuple of up to twelve of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "not a selection",
    note = "select a column, an expression, `row::<UserRow>()`, or a tuple of up to twelve of them"
)]
pub trait Selection: Selectable<Itself = Self> + 'static {
    /// The tables that it speaks of.
    type Scope: 'static;
    /// What one row of the result becomes.
    type Output: Send + 'static;

    /// Appends the erased expressions.
    fn append_to(self, columns: &mut Vec<Tree>);

    /// How many columns it has.
    fn width() -> usize;

    /// Reads one row, whose first cell stands at `at`.
    ///
    /// # Errors
    /// The position of the cell that is not what was declared, and why.
    fn read(cells: &dyn Cells, at: usize) -> Result<Self::Output, (usize, CellError)>;
}

fn read_one<V: Value>(cells: &dyn Cells, at: usize) -> Result<V, (usize, CellError)> {
    V::decode(cells, at).map_err(|why| (at, why))
}

impl<S: 'static, V: Value, N: Nullness> Selection for Expr<S, V, N> {
    type Scope = S;
    type Output = N::Of<V>;

    fn append_to(self, columns: &mut Vec<Tree>) {
        columns.push(self.into_tree());
    }

    fn width() -> usize {
        1
    }

    fn read(cells: &dyn Cells, at: usize) -> Result<Self::Output, (usize, CellError)> {
        read_one(cells, at)
    }
}

impl<T: Table, V: Value, N: Nullness> Selection for Column<T, V, N> {
    type Scope = T;
    type Output = N::Of<V>;

    fn append_to(self, columns: &mut Vec<Tree>) {
        columns.push(self.into_tree());
    }

    fn width() -> usize {
        1
    }

    fn read(cells: &dyn Cells, at: usize) -> Result<Self::Output, (usize, CellError)> {
        read_one(cells, at)
    }
}
