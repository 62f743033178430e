//! The mapping of an entity of several tables to its rows and back.

use super::Parts;
use crate::events::RootRow;
use crate::{Entity, MappingError};

/// Maps a domain type to a root row and the rows of its parts, for the program whose marker type is `S`.
///
/// Every [`Entity`] is an aggregate without parts, and every verb of the unit of work takes both. Loading takes one
/// statement for each table, whatever the number of aggregates; saving writes the rows that differ, and deletes parts
/// that are no longer there.
///
/// The foreign keys of the parts name the rows above them; what [`to_rows`](Self::to_rows) gives for them is not looked
/// at. Which foreign key that is, the table definitions say.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not mapped in `{S}`",
    label = "neither an entity nor an aggregate of `{S}`",
    note = "write `impl Entity<{S}> for {Self}` in the adapter, or `impl Aggregate<{S}> for {Self}` if it has rows in several tables"
)]
pub trait Aggregate<S>: Sized + 'static {
    /// The row struct of the root.
    type Row: RootRow<Self, S>;

    /// The rows of the parts: a tuple of [`HasMany`](crate::HasMany), [`HasOne`](crate::HasOne) and
    /// [`ManyToMany`](crate::ManyToMany), which are a `Vec` or an `Option` of rows, or of rows with their own parts.
    type Parts: Parts;

    /// The rows of this aggregate: the root's, and those of its parts.
    fn to_rows(&self) -> (Self::Row, Self::Parts);

    /// The aggregate of its rows. Parts come ordered by their primary keys.
    ///
    /// # Errors
    /// If the rows are not those of such an aggregate.
    fn from_rows(row: Self::Row, parts: Self::Parts) -> Result<Self, MappingError>;
}

impl<S, E: Entity<S>> Aggregate<S> for E {
    type Row = E::Row;
    type Parts = ();

    #[inline]
    fn to_rows(&self) -> (E::Row, ()) {
        (self.to_row(), ())
    }

    #[inline]
    fn from_rows(row: E::Row, (): ()) -> Result<Self, MappingError> {
        E::from_row(row)
    }
}
