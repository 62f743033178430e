//! Cells in one buffer: parameters on their way to where the connection is, or rows on their way back.

use rusqlite::Statement;
use rusqlite::types::{ToSqlOutput, ValueRef};
use underpin_core::CellError;

const NULL: u8 = 0;
const INTEGER: u8 = 1;
const REAL: u8 = 2;
const TEXT: u8 = 3;
const BLOB: u8 = 4;

/// SQLite's own limit to a text or blob.
const LONGEST: usize = 1_000_000_000;

/// Cells one after the other: a byte for the storage class, then eight bytes of number, or four of length and text.
#[derive(Default)]
pub(crate) struct Arena(Vec<u8>);

impl Arena {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The bytes of the cells from one offset to another, to compare keys.
    pub(crate) fn bytes(&self, from: usize, to: usize) -> &[u8] {
        self.0.get(from..to).unwrap_or_default()
    }

    pub(super) fn null(&mut self) {
        self.0.push(NULL);
    }

    pub(super) fn integer(&mut self, value: i64) {
        self.number(INTEGER, value.to_le_bytes());
    }

    pub(super) fn real(&mut self, value: f64) {
        self.number(REAL, value.to_le_bytes());
    }

    pub(super) fn text(&mut self, value: &[u8]) -> Result<(), CellError> {
        self.long(TEXT, value)
    }

    pub(super) fn blob(&mut self, value: &[u8]) -> Result<(), CellError> {
        self.long(BLOB, value)
    }

    /// A text that `write` appends to the buffer itself.
    pub(super) fn text_by(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        self.0.extend_from_slice(&[TEXT, 0, 0, 0, 0]);
        let start = self.0.len();
        write(&mut self.0)?;
        let length = length(self.0.len() - start)?;
        if let Some(place) = self.0.get_mut(start - 4..start) {
            place.copy_from_slice(&length);
        }
        Ok(())
    }

    /// A cell as SQLite gives it.
    pub(super) fn hold(&mut self, cell: ValueRef<'_>) -> Result<(), CellError> {
        match cell {
            ValueRef::Null => self.null(),
            ValueRef::Integer(value) => self.integer(value),
            ValueRef::Real(value) => self.real(value),
            ValueRef::Text(value) => self.text(value)?,
            ValueRef::Blob(value) => self.blob(value)?,
        }
        Ok(())
    }

    /// Lends rows of so many cells, one after the other.
    pub(crate) fn rows<E>(
        &self,
        cells: usize,
        mut each: impl FnMut(&Vec<ValueRef<'_>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rest = &*self.0;
        let mut row = Vec::with_capacity(cells);
        while let Some((cell, after)) = read(rest) {
            row.push(cell);
            rest = after;
            if row.len() == cells {
                each(&row)?;
                row.clear();
            }
        }
        Ok(())
    }

    fn number(&mut self, tag: u8, value: [u8; 8]) {
        let mut cell = [tag; 9];
        cell[1..].copy_from_slice(&value);
        self.0.extend_from_slice(&cell);
    }

    fn long(&mut self, tag: u8, value: &[u8]) -> Result<(), CellError> {
        let length = length(value.len())?;
        self.0.reserve(5 + value.len());
        self.0.push(tag);
        self.0.extend_from_slice(&length);
        self.0.extend_from_slice(value);
        Ok(())
    }

    /// Binds the cells from `at` on to all parameters of a statement; gives where the next cell starts.
    pub(crate) fn bind(
        &self,
        at: usize,
        count: usize,
        statement: &mut Statement<'_>,
    ) -> rusqlite::Result<usize> {
        let mut rest = self.0.get(at..).unwrap_or_default();
        for index in 1..=count {
            let value;
            (value, rest) = read(rest).ok_or(rusqlite::Error::InvalidParameterCount(count, index))?;
            statement.raw_bind_parameter(index, ToSqlOutput::Borrowed(value))?;
        }
        Ok(self.0.len() - rest.len())
    }
}

fn length(bytes: usize) -> Result<[u8; 4], CellError> {
    match u32::try_from(bytes) {
        Ok(length) if bytes <= LONGEST => Ok(length.to_le_bytes()),
        _ => Err(CellError::OutOfRange("SQLite holds at most 1,000,000,000 bytes")),
    }
}

fn read(bytes: &[u8]) -> Option<(ValueRef<'_>, &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    Some(match *tag {
        NULL => (ValueRef::Null, rest),
        INTEGER => {
            let (number, rest) = rest.split_first_chunk()?;
            (ValueRef::Integer(i64::from_le_bytes(*number)), rest)
        }
        REAL => {
            let (number, rest) = rest.split_first_chunk()?;
            (ValueRef::Real(f64::from_le_bytes(*number)), rest)
        }
        tag => {
            let (length, rest) = rest.split_first_chunk()?;
            let (bytes, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            (if tag == TEXT { ValueRef::Text(bytes) } else { ValueRef::Blob(bytes) }, rest)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_in_their_order() {
        let mut arena = Arena::default();
        arena.null();
        arena.integer(-7);
        arena.text("ä".as_bytes()).unwrap();
        arena.real(0.5);
        arena.blob(&[]).unwrap();
        arena
            .text_by(|out| {
                out.extend_from_slice(b"[]");
                Ok(())
            })
            .unwrap();

        let mut rest = arena.bytes(0, arena.len());
        let mut cells = Vec::new();
        while let Some((cell, after)) = read(rest) {
            cells.push(cell);
            rest = after;
        }
        assert_eq!(
            cells,
            [
                ValueRef::Null,
                ValueRef::Integer(-7),
                ValueRef::Text("ä".as_bytes()),
                ValueRef::Real(0.5),
                ValueRef::Blob(&[]),
                ValueRef::Text(b"[]"),
            ]
        );
        assert!(rest.is_empty());
    }
}
