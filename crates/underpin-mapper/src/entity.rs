//! The mapping: a domain type to its row and back.

use std::borrow::Cow;
use std::fmt;

use underpin_core::Error;
use underpin_schema::Table;

use crate::Events;

/// Maps a domain type to the row of one table, for the program whose marker type is `S`.
///
/// The marker is a type of the adapter, which is what makes `impl Entity<Db> for domain::User` legal: the domain type
/// itself needs no derive, no trait and no import.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not mapped in `{S}`",
    label = "not an entity of `{S}`",
    note = "write `impl Entity<{S}> for {Self}` in the adapter (and `impl Events<{S}> for {Self} {{}}` if it raises no events)"
)]
pub trait Entity<S>: Events<S> + Sized + Send + 'static {
    /// The row struct.
    type Row: Table;

    /// The row of this entity. Write it as a struct literal: a new column or field is then a compile error here.
    ///
    /// What it gives for columns that the database or the unit of work maintains (identity, computed, version) is not
    /// looked at.
    fn to_row(&self) -> Self::Row;

    /// The entity of a row.
    ///
    /// # Errors
    /// If the row is not one of such an entity.
    fn from_row(row: Self::Row) -> Result<Self, MappingError>;
}

/// Why a row is not one of its entity.
///
/// Any error becomes one by `?`. Of such an error only the type is kept, because its text may quote a stored value.
pub struct MappingError(Cow<'static, str>);

impl MappingError {
    /// For the reason given, which must not quote a stored value.
    #[must_use]
    pub fn new(why: impl Into<Cow<'static, str>>) -> Self {
        Self(why.into())
    }

    pub(crate) fn into_error<R: Table>(self) -> Error {
        Error::mapping(format!("a row of table {} cannot become its entity: {}", R::def().name, self.0))
            .with_hint(
                "the stored row was written by another program or version; correct it, or widen the mapping",
            )
    }
}

impl<E: std::error::Error> From<E> for MappingError {
    fn from(_: E) -> Self {
        Self(Cow::Borrowed(std::any::type_name::<E>()))
    }
}

impl fmt::Debug for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
