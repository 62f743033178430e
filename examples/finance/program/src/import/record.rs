//! What a line of a file says: an address, or a reason to refuse it.

use std::io::{self, BufRead};

use finance_domain::Email;

use super::csv::CsvRecords;
use super::json_lines::JsonRecords;
use super::lines::Lines;
use super::reason::Reason;
use crate::cli::ImportFormat;
use crate::error::Error;

/// An address, or why there is none, and the line on which it begins.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) line: u64,
    pub(crate) email: Result<Email, Reason>,
}

impl Record {
    /// Of the bytes that stand where an address should; white space around it does not count.
    pub(super) fn of(line: u64, value: &[u8]) -> Self {
        let email = std::str::from_utf8(value).map_err(|_| Reason::NotText).and_then(|text| {
            let text = text.trim();
            text.parse().map_err(|why| Reason::Invalid(text.to_owned(), why))
        });
        Self { line, email }
    }

    pub(super) fn refused(line: u64, reason: Reason) -> Self {
        Self { line, email: Err(reason) }
    }
}

/// The records of a file. Empty lines are none.
pub(crate) enum Records<R> {
    Csv(Box<CsvRecords<R>>),
    JsonLines(JsonRecords<R>),
}

impl<R: BufRead> Records<R> {
    /// Reads the header, if the format has one.
    ///
    /// # Errors
    /// If there is no header, or it has no column `email`, or the file cannot be read.
    pub(crate) fn open(reader: R, format: ImportFormat) -> Result<Self, Error> {
        let lines = Lines::new(reader);
        Ok(match format {
            ImportFormat::Csv => Self::Csv(Box::new(CsvRecords::open(lines)?)),
            ImportFormat::Jsonl => Self::JsonLines(JsonRecords::new(lines)),
        })
    }

    /// The next record; none at the end.
    ///
    /// # Errors
    /// If the file cannot be read any further.
    pub(crate) fn next(&mut self) -> io::Result<Option<Record>> {
        match self {
            Self::Csv(records) => records.next(),
            Self::JsonLines(records) => records.next(),
        }
    }
}
