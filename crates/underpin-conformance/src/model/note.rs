//! A note: its key is counted by the database, two columns have defaults, one is set at each update.

use underpin::{Auto, Entity, Events, MappingError, Table};

use super::Suite;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Counted; `None` before it is flushed.
    pub id: Option<i64>,
    /// Free text.
    pub text: String,
    /// Left to the column's default unless set.
    pub stars: Option<i32>,
    /// Left to the application's default unless set.
    pub language: Option<String>,
    /// How often the row was updated.
    pub touched: i32,
}

impl Note {
    /// A note that leaves everything else to defaults.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { id: None, text: text.to_owned(), stars: None, language: None, touched: 0 }
    }
}

/// A row of notes.
#[derive(Table)]
#[table(name = "notes")]
pub struct NoteRow {
    #[column(primary_key, identity)]
    pub id: i64,
    pub text: String,
    #[column(server_default = "3")]
    pub stars: Auto<i32>,
    #[column(default = "en".to_owned(), length = 2)]
    pub language: Auto<String>,
    #[column(on_update = self.touched + 1)]
    pub touched: i32,
}

impl Entity<Suite> for Note {
    type Row = NoteRow;

    fn to_row(&self) -> NoteRow {
        NoteRow {
            id: self.id.unwrap_or(0),
            text: self.text.clone(),
            stars: self.stars.map_or(Auto::Unset, Auto::Set),
            language: self.language.clone().map_or(Auto::Unset, Auto::Set),
            touched: self.touched,
        }
    }

    fn from_row(row: NoteRow) -> Result<Self, MappingError> {
        let NoteRow { id, text, stars, language, touched } = row;
        Ok(Self { id: Some(id), text, stars: stars.into_inner(), language: language.into_inner(), touched })
    }
}

impl Events<Suite> for Note {}
