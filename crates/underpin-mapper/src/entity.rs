//! The mapping: a domain type to its row and back.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use underpin_core::{Error, Hint};
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
/// Any error becomes one by `?`. Of an error of the toolkit, and of one that vouches for its words by a [`Hint`], what it says
/// and its hint are kept; of any other only the type is, because its text may quote a stored value. Whoever knows that it does
/// not says so by [`new`](Self::new): `.map_err(|error| MappingError::new(error.to_string()))?`.
pub struct MappingError {
    why: Cow<'static, str>,
    hint: Option<Cow<'static, str>>,
}

impl MappingError {
    /// For the reason given, which must not quote a stored value.
    #[must_use]
    pub fn new(why: impl Into<Cow<'static, str>>) -> Self {
        Self { why: why.into(), hint: None }
    }

    /// With what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn into_error<R: Table>(self) -> Error {
        let what = format!("a row of table {} cannot become its entity: {}", R::def().name, self.why);
        Error::mapping(what).with_hint(self.hint.unwrap_or(Cow::Borrowed(
            "the stored row was written by another program or version; correct it, or widen the mapping",
        )))
    }

    /// An error whose words may be shown.
    fn shown(error: &dyn StdError, hint: Option<&str>) -> Self {
        Self { why: error.to_string().into(), hint: hint.map(|hint| hint.to_owned().into()) }
    }
}

impl<E: StdError + 'static> From<E> for MappingError {
    fn from(error: E) -> Self {
        let any: &(dyn StdError + 'static) = &error;
        if let Some(own) = any.downcast_ref::<Error>() {
            return Self::shown(own, own.hint());
        }
        match any.source().and_then(|source| source.downcast_ref::<Hint>()) {
            Some(hint) => Self::shown(any, Some(hint.text())),
            None => Self::new(std::any::type_name::<E>()),
        }
    }
}

impl fmt::Debug for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}
