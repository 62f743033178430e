//! An album: an aggregate whose keys the database makes, on each of its three levels.

use underpin::{Aggregate, Auto, Events, HasMany, MappingError, Table};

use super::Suite;

/// An album of discs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Album {
    /// Counted; `None` before it is flushed.
    pub id: Option<i64>,
    /// Its title.
    pub title: String,
    /// By number.
    pub discs: Vec<Disc>,
    /// By key.
    pub covers: Vec<Cover>,
}

/// A disc, named by its album and its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disc {
    /// Counted in the album, by the program.
    pub number: i32,
    /// By key.
    pub tracks: Vec<Track>,
}

/// A track of a disc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Counted; `None` before it is flushed.
    pub id: Option<i64>,
    /// Its title.
    pub title: String,
}

/// A cover, with its prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Counted; `None` before it is flushed.
    pub id: Option<i64>,
    /// The numbers of its prints.
    pub prints: Vec<i32>,
}

/// A row of albums.
#[derive(Table)]
#[table(name = "albums")]
pub struct AlbumRow {
    #[column(primary_key, identity)]
    pub id: i64,
    pub title: String,
}

/// A row of album_discs.
#[derive(Table)]
#[table(name = "album_discs")]
pub struct DiscRow {
    #[column(primary_key, references = AlbumRow::ID)]
    pub album_id: i64,
    #[column(primary_key)]
    pub number: i32,
}

/// A row of disc_tracks.
#[derive(Table)]
#[table(name = "disc_tracks")]
#[table(foreign_key(columns = [album_id, number], references = [DiscRow::ALBUM_ID, DiscRow::NUMBER]))]
#[table(index(columns = [album_id, number]))]
pub struct TrackRow {
    #[column(primary_key, identity)]
    pub id: Auto<i64>,
    pub album_id: i64,
    pub number: i32,
    pub title: String,
}

/// A row of album_covers.
#[derive(Table)]
#[table(name = "album_covers")]
pub struct CoverRow {
    #[column(primary_key, identity)]
    pub id: Auto<i64>,
    #[column(references = AlbumRow::ID, index)]
    pub album_id: i64,
}

/// A row of cover_prints.
#[derive(Table)]
#[table(name = "cover_prints")]
pub struct PrintRow {
    #[column(primary_key, references = CoverRow::ID)]
    pub cover_id: i64,
    #[column(primary_key)]
    pub number: i32,
}

type DiscRows = Vec<(DiscRow, (Vec<TrackRow>,))>;
type CoverRows = Vec<(CoverRow, (Vec<PrintRow>,))>;

impl Aggregate<Suite> for Album {
    type Row = AlbumRow;
    type Parts = (HasMany<(DiscRow, (HasMany<TrackRow>,))>, HasMany<(CoverRow, (HasMany<PrintRow>,))>);

    fn to_rows(&self) -> (AlbumRow, (DiscRows, CoverRows)) {
        // What parts say of the rows above them is not looked at.
        let track = |track: &Track| TrackRow {
            id: track.id.map_or(Auto::Unset, Auto::Set),
            album_id: -1,
            number: -1,
            title: track.title.clone(),
        };
        let disc = |disc: &Disc| {
            let row = DiscRow { album_id: -1, number: disc.number };
            (row, (disc.tracks.iter().map(track).collect(),))
        };
        let cover = |cover: &Cover| {
            let row = CoverRow { id: cover.id.map_or(Auto::Unset, Auto::Set), album_id: -1 };
            let print = |number: &i32| PrintRow { cover_id: -1, number: *number };
            (row, (cover.prints.iter().map(print).collect(),))
        };
        let row = AlbumRow { id: self.id.unwrap_or(0), title: self.title.clone() };
        (row, (self.discs.iter().map(disc).collect(), self.covers.iter().map(cover).collect()))
    }

    fn from_rows(row: AlbumRow, (discs, covers): (DiscRows, CoverRows)) -> Result<Self, MappingError> {
        let track = |row: TrackRow| Track { id: row.id.into_inner(), title: row.title };
        let disc = |(row, (tracks,)): (DiscRow, (Vec<TrackRow>,))| Disc {
            number: row.number,
            tracks: tracks.into_iter().map(track).collect(),
        };
        let cover = |(row, (prints,)): (CoverRow, (Vec<PrintRow>,))| Cover {
            id: row.id.into_inner(),
            prints: prints.into_iter().map(|row| row.number).collect(),
        };
        Ok(Self {
            id: Some(row.id),
            title: row.title,
            discs: discs.into_iter().map(disc).collect(),
            covers: covers.into_iter().map(cover).collect(),
        })
    }
}

impl Events<Suite> for Album {}
