//! Records of a CSV file: RFC 4180, with the address in the column `email`.

use std::io::{self, BufRead};

use csv::{ByteRecord, ReaderBuilder};

use super::lines::{LONGEST, Line, Lines};
use super::reason::Reason;
use super::record::Record;
use crate::error::Error;

const COLUMN: &str = "email";

pub(crate) struct CsvRecords<R> {
    lines: Lines<R>,
    position: usize,
}

impl<R: BufRead> CsvRecords<R> {
    pub(super) fn open(mut lines: Lines<R>) -> Result<Self, Error> {
        let wrong = |what: &str| {
            Error::mistake(
                what,
                "begin the file with a line of column names, separated by commas, one of them email",
            )
        };
        loop {
            let line = lines.next().map_err(|error| wrong(&format!("the file cannot be read: {error}")))?;
            let line = line.ok_or_else(|| wrong("the file is empty: it has no header"))?;
            let header = line.bytes.ok_or_else(|| wrong("the header is too long"))?;
            if header.trim_ascii().is_empty() {
                continue;
            }
            std::str::from_utf8(&header).map_err(|_| wrong("the header is not UTF-8 text"))?;
            let names = fields(&header);
            let is_column = |name: &[u8]| name.trim_ascii().eq_ignore_ascii_case(COLUMN.as_bytes());
            let mut positions = names.iter().enumerate().filter(|(_, name)| is_column(name));
            return match (positions.next(), positions.next()) {
                (Some((position, _)), None) => Ok(Self { lines, position }),
                (None, _) => Err(wrong("the header has no column email")),
                (Some(_), Some(_)) => Err(wrong("the header has more than one column email")),
            };
        }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Record>> {
        while let Some(line) = self.lines.next()? {
            let Some(bytes) = &line.bytes else {
                return Ok(Some(Record::refused(line.number, Reason::TooLong)));
            };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let number = line.number;
            let Some(bytes) = self.with_continuation(line)? else {
                return Ok(Some(Record::refused(number, Reason::OpenQuote)));
            };
            let fields = fields(&bytes);
            return Ok(Some(match fields.get(self.position) {
                Some(value) => Record::of(number, value),
                None => Record::refused(number, Reason::NoColumn),
            }));
        }
        Ok(None)
    }

    /// The line and those behind it up to the one that closes its last quote.
    ///
    /// If none does within the length of one line, the quote is a mistake: then what was read ahead is put back, so that
    /// only the line itself is lost.
    fn with_continuation(&mut self, line: Line) -> io::Result<Option<Vec<u8>>> {
        let mut all = line.bytes.unwrap_or_default();
        let mut is_open = toggles(&all);
        let mut ahead: Vec<Line> = Vec::new();
        while is_open {
            let next = self.lines.next()?;
            let fits =
                next.as_ref().and_then(|line| line.bytes.as_ref()).filter(|b| all.len() + b.len() < LONGEST);
            let Some(bytes) = fits else {
                self.lines.put_back(ahead.into_iter().chain(next));
                return Ok(None);
            };
            is_open ^= toggles(bytes);
            all.push(b'\n');
            all.extend_from_slice(bytes);
            ahead.extend(next);
        }
        Ok(Some(all))
    }
}

/// Whether a line opens a quote that it does not close, or closes one that it has not opened. A quote inside of quotes
/// is doubled, so that only an odd number does.
fn toggles(line: &[u8]) -> bool {
    line.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}

/// The fields of one record.
fn fields(record: &[u8]) -> ByteRecord {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(4096).from_reader(record);
    let mut fields = ByteRecord::new();
    // Memory can always be read, and every line is a record, however many fields it has.
    let _ = reader.read_byte_record(&mut fields);
    fields
}

#[cfg(test)]
mod tests {
    use finance_domain::InvalidEmail;

    use super::*;

    fn read(text: &[u8]) -> Vec<Record> {
        let mut records = CsvRecords::open(Lines::new(text)).expect("a header");
        std::iter::from_fn(|| records.next().expect("memory")).collect()
    }

    fn told(text: &str) -> Vec<(u64, String)> {
        let tell =
            |record: Record| (record.line, record.email.map_or_else(|r| r.to_string(), |e| e.to_string()));
        read(text.as_bytes()).into_iter().map(tell).collect()
    }

    fn line(number: u64, text: &str) -> (u64, String) {
        (number, text.to_owned())
    }

    #[test]
    fn the_column_is_found_wherever_it_is() {
        assert_eq!(told("email\na@b.c\n"), [line(2, "a@b.c")]);
        assert_eq!(told("\u{feff}id, \"E-mail\" ,Email \r\n1,x, A@b.c \r\n"), [line(2, "a@b.c")]);
        assert_eq!(told("\n \nemail\n\n\na@b.c"), [line(6, "a@b.c")], "empty lines count and say nothing");
    }

    #[test]
    fn quotes_hold_commas_quotes_and_lines() {
        let text = "name,email\n\"Doe, \"\"J\"\"\nline two\",\"a@b.c\"\nx,d@e.f\n";
        assert_eq!(told(text), [line(2, "a@b.c"), line(4, "d@e.f")]);
    }

    #[test]
    fn a_quote_that_stays_open_loses_its_own_line_only() {
        let refused = "a quote is opened and not closed";
        assert_eq!(
            told("email\na@b.c\n\"d@e.f\ng@h.i\nj@k.l"),
            [line(2, "a@b.c"), line(3, refused), line(4, "g@h.i"), line(5, "j@k.l")]
        );
        let far: String = (0..10_000).map(|number| format!("user{number}@example.org\n")).collect();
        let lines = told(&format!("email\n\"open\n{far}"));
        assert_eq!(lines.len(), 10_001);
        assert_eq!((&lines[0], &lines[10_000]), (&line(2, refused), &line(10_002, "user9999@example.org")));
    }

    #[test]
    fn each_bad_line_is_refused_by_itself() {
        let long = "x".repeat(LONGEST + 1);
        let text = format!("id,email\n1\n2,\n3,ana\n4,a@b.c,more\n5,{long}\n6,d@e.f\n");
        let records = read(text.as_bytes());
        let refusals: Vec<_> = records.iter().map(|record| record.email.as_ref().err()).collect();
        assert_eq!(
            refusals,
            [
                Some(&Reason::NoColumn),
                Some(&Reason::Invalid(String::new(), InvalidEmail::Empty)),
                Some(&Reason::Invalid("ana".into(), InvalidEmail::At)),
                None,
                Some(&Reason::TooLong),
                None,
            ]
        );
        let bytes = read(b"id,email\n1,\xff@b.c\n\xff,a@b.c\n");
        assert_eq!(bytes[0].email, Err(Reason::NotText));
        assert!(bytes[1].email.is_ok(), "other columns may hold anything");
    }

    #[test]
    fn a_header_is_needed() {
        for (text, what) in [
            (&b""[..], "empty"),
            (b"\n\n", "empty"),
            (b"id,name\n1,a@b.c\n", "no column email"),
            (b"a@b.c\n", "no column email"),
            (b"email;name\n", "no column email"),
            (b"email,email\n", "more than one"),
            (b"e\xffmail\n", "not UTF-8"),
        ] {
            let Err(Error::Told { message, .. }) = CsvRecords::open(Lines::new(text)) else {
                panic!("{what}")
            };
            assert!(message.contains(what), "{message}");
        }
    }
}
