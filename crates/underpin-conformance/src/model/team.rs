//! A team: versioned, a unique name, a nullable reference in a circle with persons.

use underpin::{Entity, Events, MappingError, Table};

use super::{PersonRow, Suite};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Key, given.
    pub id: i64,
    /// Unique.
    pub name: String,
    /// A person.
    pub lead: Option<i64>,
    /// The version as loaded.
    pub version: i64,
}

/// A row of teams.
#[derive(Table)]
#[table(name = "teams")]
pub struct TeamRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, length = 60)]
    pub name: String,
    #[column(references = PersonRow::ID)]
    pub lead: Option<i64>,
    #[column(version)]
    pub version: i64,
}

impl Entity<Suite> for Team {
    type Row = TeamRow;

    fn to_row(&self) -> TeamRow {
        TeamRow { id: self.id, name: self.name.clone(), lead: self.lead, version: self.version }
    }

    fn from_row(row: TeamRow) -> Result<Self, MappingError> {
        let TeamRow { id, name, lead, version } = row;
        Ok(Self { id, name, lead, version })
    }
}

impl Events<Suite> for Team {}
