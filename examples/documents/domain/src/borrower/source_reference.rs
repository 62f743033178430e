//! Where something was read.

use std::fmt;

use underpin_id::{Id, Prefix};

use crate::plain_text::plain;
use crate::{DocumentId, Words};

/// The id of a place: `source_` and 26 letters and digits.
pub type SourceId = Id<SourceReference>;

/// The place in a document where something was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReference {
    /// The document.
    pub document: DocumentId,
    /// The page.
    pub page: PageNumber,
    /// The heading above it, if there is one.
    pub section: Option<Words>,
    /// A few words of the text.
    pub snippet: Snippet,
}

impl Prefix for SourceReference {
    const PREFIX: &'static str = "source";
}

/// The number of a page, counted from 1 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber(u32);

impl PageNumber {
    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for PageNumber {
    type Error = InvalidPageNumber;

    fn try_from(number: u32) -> Result<Self, InvalidPageNumber> {
        if (1..=1_000_000).contains(&number) { Ok(Self(number)) } else { Err(InvalidPageNumber) }
    }
}

/// That a number is not that of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPageNumber;

impl fmt::Display for InvalidPageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("pages are counted from 1 to 1000000")
    }
}

impl std::error::Error for InvalidPageNumber {}

/// A few words of a text, at most 1,000 characters; a longer one is cut.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Snippet(String);

impl Snippet {
    /// The most characters that it has.
    pub const MAX_CHARACTERS: usize = 1000;

    /// What of a text can be kept.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(plain(text, Self::MAX_CHARACTERS))
    }

    /// The snippet as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
