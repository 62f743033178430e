//! A badge: no version, a reference that may not be NULL.

use underpin::{Entity, Events, MappingError, Table};

use super::{PersonRow, Suite};

/// A badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// Key, given.
    pub id: i64,
    /// Whose it is.
    pub person: i64,
    /// Unique.
    pub code: i32,
    /// Free text.
    pub label: Option<String>,
}

/// A row of badges.
#[derive(Table)]
#[table(name = "badges")]
pub struct BadgeRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(references = PersonRow::ID, index)]
    pub person: i64,
    #[column(unique)]
    pub code: i32,
    pub label: Option<String>,
}

impl Entity<Suite> for Badge {
    type Row = BadgeRow;

    fn to_row(&self) -> BadgeRow {
        BadgeRow { id: self.id, person: self.person, code: self.code, label: self.label.clone() }
    }

    fn from_row(row: BadgeRow) -> Result<Self, MappingError> {
        let BadgeRow { id, person, code, label } = row;
        Ok(Self { id, person, code, label })
    }
}

impl Events<Suite> for Badge {}
