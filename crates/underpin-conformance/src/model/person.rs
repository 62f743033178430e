//! A person: versioned, two unique columns, a self-reference, a nullable reference in a circle with teams.

use underpin::{Entity, Events, MappingError, Outgoing, Table};

use super::{Suite, TeamRow, event};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Key, given.
    pub id: i64,
    /// Unique.
    pub name: String,
    /// Unique where there is one.
    pub nickname: Option<String>,
    /// Another person.
    pub boss: Option<i64>,
    /// A team.
    pub team: Option<i64>,
    /// The version as loaded.
    pub version: i64,
    /// Events that wait, by name.
    pub events: Vec<&'static str>,
}

impl Person {
    /// A person of whom only the name is known.
    #[must_use]
    pub fn new(id: i64, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            nickname: None,
            boss: None,
            team: None,
            version: 1,
            events: vec!["person_added"],
        }
    }
}

/// A row of persons.
#[derive(Table)]
#[table(name = "persons")]
pub struct PersonRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, length = 60)]
    pub name: String,
    #[column(unique, length = 60)]
    pub nickname: Option<String>,
    #[column(references = PersonRow::ID)]
    pub boss: Option<i64>,
    #[column(references = TeamRow::ID)]
    pub team: Option<i64>,
    #[column(version)]
    pub version: i64,
}

impl Entity<Suite> for Person {
    type Row = PersonRow;

    fn to_row(&self) -> PersonRow {
        PersonRow {
            id: self.id,
            name: self.name.clone(),
            nickname: self.nickname.clone(),
            boss: self.boss,
            team: self.team,
            version: self.version,
        }
    }

    fn from_row(row: PersonRow) -> Result<Self, MappingError> {
        let PersonRow { id, name, nickname, boss, team, version } = row;
        Ok(Self { id, name, nickname, boss, team, version, events: Vec::new() })
    }
}

impl Events<Suite> for Person {
    fn drain(&mut self, out: &mut Outgoing) {
        for what in self.events.drain(..) {
            out.push(event(what, "person", self.id));
        }
    }
}
