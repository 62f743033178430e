//! A row as it arrived, read where it stands.

use crate::Error;
use crate::description::{Column, Reader};

/// Where a cell stands in its message; `None` is NULL.
pub(crate) type Cell = Option<(u32, u32)>;

/// A row; it is gone when the next is asked for.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    body: &'a [u8],
    cells: &'a [Cell],
    columns: &'a [Column],
}

impl<'a> Row<'a> {
    pub(crate) fn new(body: &'a [u8], cells: &'a [Cell], columns: &'a [Column]) -> Self {
        Self { body, cells, columns }
    }

    /// The bytes of a cell; `Some(None)` is NULL, and there may be no such cell.
    #[inline]
    pub fn get(&self, position: usize) -> Option<Option<&'a [u8]>> {
        match *self.cells.get(position)? {
            Some((start, end)) => self.body.get(start as usize..end as usize).map(Some),
            None => Some(None),
        }
    }

    /// The columns.
    #[inline]
    pub fn columns(&self) -> &'a [Column] {
        self.columns
    }
}

/// Finds the cells of a DataRow.
#[inline]
pub(crate) fn cells(body: &[u8], cells: &mut Vec<Cell>) -> Result<(), Error> {
    const CUT_OFF: Error = Error::Unexpected("a row that is cut off");
    cells.clear();
    let count = Reader(body).u16()?;
    // A message is at most 2 GB long.
    let mut at = 2_usize;
    for _ in 0..count {
        let head = body.get(at..at + 4).and_then(<[u8]>::first_chunk).ok_or(CUT_OFF)?;
        at += 4;
        let Ok(length) = usize::try_from(i32::from_be_bytes(*head)) else {
            cells.push(None);
            continue;
        };
        let end = at + length;
        if end > body.len() {
            return Err(CUT_OFF);
        }
        cells.push(Some((at as u32, end as u32)));
        at = end;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_behind_their_lengths() {
        let body = b"\0\x03\0\0\0\x02ab\xff\xff\xff\xff\0\0\0\0";
        let mut found = Vec::new();
        cells(body, &mut found).unwrap();
        let row = Row::new(body, &found, &[]);
        assert_eq!(
            [row.get(0), row.get(1), row.get(2)],
            [Some(Some(&b"ab"[..])), Some(None), Some(Some(&[][..]))]
        );
        assert_eq!(row.get(3), None);
    }

    #[test]
    fn a_row_that_is_cut_off_is_an_error() {
        for body in [&b""[..], b"\0\x01", b"\0\x01\0\0\0\x02a", b"\0\x01\x7f\xff\xff\xff"] {
            assert!(cells(body, &mut Vec::new()).is_err(), "{body:?}");
        }
    }
}
