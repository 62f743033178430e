//! Where in a line of CSV the parts of a car stand.

use crate::error::Error;

const HINT: &str = "begin the file with a line of column names, separated by commas: make,model,year,price";

/// The positions of the columns that a car needs; others may stand between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) make: usize,
    pub(super) model: usize,
    pub(super) year: usize,
    pub(super) price: usize,
}

impl Columns {
    /// By the names in a header, whatever their capital letters.
    pub(super) fn of<'a>(header: impl Iterator<Item = &'a [u8]>) -> Result<Self, Error> {
        let names: Vec<&[u8]> = header.map(<[u8]>::trim_ascii).collect();
        let position = |name: &str| {
            let is_it = |(_, at): &(usize, &&[u8])| at.eq_ignore_ascii_case(name.as_bytes());
            let mut positions = names.iter().enumerate().filter(is_it).map(|(position, _)| position);
            match (positions.next(), positions.next()) {
                (Some(position), None) => Ok(position),
                (None, _) => Err(wrong(&format!("the header has no column {name}"))),
                _ => Err(wrong(&format!("the header has more than one column {name}"))),
            }
        };
        Ok(Self {
            make: position("make")?,
            model: position("model")?,
            year: position("year")?,
            price: position("price")?,
        })
    }
}

/// That a file has no header that can be used.
pub(super) fn wrong(what: &str) -> Error {
    Error::mistake(what, HINT)
}
