//! A team with all that belongs to it, to be shown.

use crate::{CatalogItem, Team, User};

/// A team with the people in it and the items that it owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamOverview {
    /// The team.
    pub team: Team,
    /// Those who are in it, by name.
    pub members: Vec<User>,
    /// What it owns, by name.
    pub items: Vec<CatalogItem>,
}
