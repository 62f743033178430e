//! Something that a team owns.

use std::fmt;
use std::str::FromStr;

use underpin_id::{Id, Prefix};

use crate::{Attributes, Description, Name, RepositoryUrl, TeamId, TeamRef};

/// The id of an item: `item_` and 26 letters and digits.
pub type CatalogItemId = Id<CatalogItem>;

/// Something that a team owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogItem {
    /// Its id.
    pub id: CatalogItemId,
    /// The team that owns it.
    pub owner: TeamId,
    /// What it is called.
    pub name: Name,
    /// What sort of thing it is.
    pub kind: ItemKind,
    /// What it is for, in a few sentences.
    pub description: Description,
    /// Where its source is.
    pub repository: RepositoryUrl,
    /// What else is said of it.
    pub attributes: Attributes,
}

/// What is said of an item that is to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemDraft {
    /// What it is called.
    pub name: Name,
    /// What sort of thing it is.
    pub kind: ItemKind,
    /// What it is for.
    pub description: Description,
    /// Where its source is.
    pub repository: RepositoryUrl,
    /// What else is said of it.
    pub attributes: Attributes,
}

/// What is to be different of an item; what is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemChange {
    /// The team that owns it from now on.
    pub owner: Option<TeamRef>,
    /// What it is called.
    pub name: Option<Name>,
    /// What sort of thing it is.
    pub kind: Option<ItemKind>,
    /// What it is for.
    pub description: Option<Description>,
    /// Where its source is.
    pub repository: Option<RepositoryUrl>,
    /// What else is said of it, as a whole.
    pub attributes: Option<Attributes>,
}

impl CatalogItem {
    /// A new item of a team.
    #[must_use]
    pub fn new(owner: TeamId, draft: ItemDraft) -> Self {
        let ItemDraft { name, kind, description, repository, attributes } = draft;
        Self { id: CatalogItemId::new(), owner, name, kind, description, repository, attributes }
    }
}

impl Prefix for CatalogItem {
    const PREFIX: &'static str = "item";
}

/// What sort of thing a team owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A program that runs and answers.
    Service,
    /// Code that others build with.
    Library,
    /// Pages for people.
    Website,
    /// Data that others read.
    Dataset,
}

impl ItemKind {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Service, Self::Library, Self::Website, Self::Dataset];

    /// The sort in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Library => "library",
            Self::Website => "website",
            Self::Dataset => "dataset",
        }
    }
}

impl fmt::Display for ItemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ItemKind {
    type Err = InvalidItemKind;

    fn from_str(text: &str) -> Result<Self, InvalidItemKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(InvalidItemKind)
    }
}

/// That a text is no sort of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidItemKind;

impl fmt::Display for InvalidItemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item is a service, a library, a website or a dataset")
    }
}

impl std::error::Error for InvalidItemKind {}
