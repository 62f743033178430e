//! The row of a value, from its columns as texts.

use super::layout::Counts;
use super::literal::unhex;
use crate::RowId;

/// What names a row, owned.
pub(super) enum Named<'t> {
    Text(&'t str),
    Bytes(Vec<u8>),
    Several(Vec<&'t str>),
}

impl<'t> Named<'t> {
    /// None if a column is NULL, or not what its type says.
    pub(super) fn of(counts: Counts, cells: &'t [Option<String>]) -> Option<Self> {
        let texts: Vec<&str> = cells.iter().map(Option::as_deref).collect::<Option<_>>()?;
        Some(match (counts, texts.as_slice()) {
            (Counts::Text, [one]) => Self::Text(one),
            (Counts::Uuid | Counts::Bytes, [one]) => Self::Bytes(unhex(one)?),
            _ => Self::Several(texts),
        })
    }

    pub(super) fn id(&self) -> RowId<'_> {
        match self {
            Self::Text(text) => (*text).into(),
            Self::Bytes(bytes) => bytes.as_slice().into(),
            Self::Several(texts) => texts.as_slice().into(),
        }
    }
}
