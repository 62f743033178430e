//! What a line of a file says: a car, or a reason to refuse it.

use std::fmt::Display;
use std::str::FromStr;

use catalog_domain::{Car, CarId};

use super::columns::Columns;
use super::reason::Reason;

/// A car, or why there is none, and the line on which it stands.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) line: u64,
    pub(crate) car: Result<Car, Reason>,
}

impl Record {
    pub(super) fn of(line: u64, fields: &[&[u8]], columns: Columns) -> Self {
        Self { line, car: car(fields, columns) }
    }

    pub(super) fn refused(line: u64, reason: Reason) -> Self {
        Self { line, car: Err(reason) }
    }
}

fn car(fields: &[&[u8]], at: Columns) -> Result<Car, Reason> {
    // That a line is too short is said before anything else.
    let ends = [(at.make, "make"), (at.model, "model"), (at.year, "year"), (at.price, "price")];
    let missing = ends.iter().filter(|(position, _)| *position >= fields.len()).min();
    if let Some((_, column)) = missing {
        return Err(Reason::NoColumn(column));
    }
    Ok(Car {
        id: CarId::new(),
        make: parsed(fields, at.make, "make")?,
        model: parsed(fields, at.model, "model")?,
        year: parsed(fields, at.year, "year")?,
        price: parsed(fields, at.price, "price")?,
    })
}

fn parsed<T: FromStr<Err: Display>>(
    fields: &[&[u8]],
    position: usize,
    column: &'static str,
) -> Result<T, Reason> {
    let bytes = fields.get(position).ok_or(Reason::NoColumn(column))?;
    let text = std::str::from_utf8(bytes).map_err(|_| Reason::NotText(column))?.trim();
    text.parse().map_err(|why: T::Err| Reason::Invalid(column, text.to_owned(), why.to_string()))
}
