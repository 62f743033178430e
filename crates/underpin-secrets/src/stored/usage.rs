//! Which keys the rows of a column use, counted without decrypting.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::StoredColumn;
use super::layout::{Layout, Stored};
use super::literal::unhex;
use super::place::Place;
use crate::{KeyRing, SecretsError};

/// Which keys the rows of a column use.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// The column.
    pub column: StoredColumn,
    /// Rows by the number of their key, in the order of the numbers.
    pub keys: Vec<KeyUsage>,
    /// Rows without a value.
    pub empty: u64,
    /// Rows whose value is no envelope: plain text still, or of a newer program.
    pub other: u64,
}

/// How many rows use a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyUsage {
    /// The number of the key.
    pub id: u32,
    /// How many rows it has encrypted.
    pub rows: u64,
}

impl Usage {
    /// Counts the rows of a column by key: one statement that reads the table and no more of a value than its head.
    ///
    /// # Errors
    /// A table or column that is not there; what the database answers.
    pub async fn count(place: &mut dyn Place, column: &StoredColumn) -> Result<Self, SecretsError> {
        let layout = Layout::find(place, column).await?;
        let rows = place.read(&layout.count(), &[]).await?;
        let (mut keys, mut empty, mut other) = (BTreeMap::<u32, u64>::new(), 0, 0);
        for row in rows {
            let mut cells = row.into_iter().map(Option::unwrap_or_default);
            let begins = cells.next().unwrap_or_default();
            let rows: u64 = cells.next().and_then(|count| count.parse().ok()).unwrap_or_default();
            match (begins.as_str(), key_id(&begins, layout.form)) {
                ("null", _) => empty += rows,
                (_, Some(id)) => *keys.entry(id).or_default() += rows,
                _ => other += rows,
            }
        }
        let keys = keys.into_iter().map(|(id, rows)| KeyUsage { id, rows }).collect();
        Ok(Self { column: column.clone(), keys, empty, other })
    }

    /// How many rows use a key.
    #[must_use]
    pub fn rows_of(&self, id: u32) -> u64 {
        self.keys.iter().find(|key| key.id == id).map_or(0, |key| key.rows)
    }

    /// How many rows are encrypted with other keys than this one.
    #[must_use]
    pub fn rows_beside(&self, id: u32) -> u64 {
        self.keys.iter().filter(|key| key.id != id).map(|key| key.rows).sum()
    }
}

/// The key of an envelope that begins so.
fn key_id(begins: &str, form: Stored) -> Option<u32> {
    let head = match form {
        Stored::Bytes => unhex(begins)?,
        Stored::Text => STANDARD.decode(begins).ok()?,
    };
    match *head.as_slice() {
        [1, 1, a, b, c, d] => Some(u32::from_be_bytes([a, b, c, d])).filter(|id| *id != 0),
        _ => None,
    }
}

/// The ring with a key retired, if no row of the columns uses it.
///
/// Whoever calls it has seen to it that no process encrypts with the key any more, and names all columns that the ring is for.
///
/// # Errors
/// If rows use the key, with their counts; if it is the primary one or not there; those of [`Usage::count`].
pub async fn retire(
    ring: &KeyRing,
    id: u32,
    place: &mut dyn Place,
    columns: &[StoredColumn],
) -> Result<KeyRing, SecretsError> {
    let retired = ring.retire(id)?;
    if columns.is_empty() {
        return Err(SecretsError::key_in_use(
            id,
            format!("it is not known which columns key {id} is for"),
            "name all encrypted columns, so that their rows can be counted",
        ));
    }
    let mut uses = Vec::new();
    for column in columns {
        match Usage::count(place, column).await?.rows_of(id) {
            0 => {}
            1 => uses.push(format!("1 row of {column}")),
            rows => uses.push(format!("{rows} rows of {column}")),
        }
    }
    if uses.is_empty() {
        return Ok(retired);
    }
    let what = format!("key {id} is in use by {}", uses.join(" and "));
    Err(SecretsError::key_in_use(id, what, "rotate, and see by `status` that no row is left"))
}
