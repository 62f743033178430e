//! A row of an aggregate, with or without parts of its own.

use crate::Table;

/// A row, or a row with its parts: `LineRow`, or `(LineRow, (Vec<ItemRow>,))`.
///
/// It stands here, and not beside the mapping of aggregates, because no other crate may implement it for all rows and for
/// pairs at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of a table",
    label = "parts consist of rows, `LineRow`, or of rows with their parts, `(LineRow, (Vec<ItemRow>,))`",
    note = "add `#[derive(Table)]` and `#[table(name = \"..\")]` to the struct"
)]
pub trait Node: Sized + Send + 'static {
    /// The row.
    type Row: Table;
    /// Its parts: `()` for none.
    type Parts;

    /// A row together with its parts.
    fn join(row: Self::Row, parts: Self::Parts) -> Self;

    /// The row and its parts.
    fn split(self) -> (Self::Row, Self::Parts);

    /// The parts.
    fn parts(&self) -> &Self::Parts;
}

#[diagnostic::do_not_recommend]
impl<R: Table> Node for R {
    type Row = R;
    type Parts = ();

    #[inline]
    fn join(row: R, (): ()) -> R {
        row
    }

    #[inline]
    fn split(self) -> (R, ()) {
        (self, ())
    }

    #[inline]
    fn parts(&self) -> &() {
        &()
    }
}

#[diagnostic::do_not_recommend]
impl<R: Table, P: Send + 'static> Node for (R, P) {
    type Row = R;
    type Parts = P;

    #[inline]
    fn join(row: R, parts: P) -> Self {
        (row, parts)
    }

    #[inline]
    fn split(self) -> Self {
        self
    }

    #[inline]
    fn parts(&self) -> &P {
        &self.1
    }
}
