//! Records of a CSV file (RFC 4180), with the address in the column `email`, and each on a line of its own.
//!
//! A quoted value that goes on in the next line is refused, though CSV allows it: with one quote too many, all lines up
//! to the next quote would otherwise be lost in silence.

use std::io::{self, BufRead};

use super::lines::{Line, Lines};
use super::parser::Parser;
use super::reason::Reason;
use super::record::Record;
use crate::error::Error;

const COLUMN: &str = "email";

pub(crate) struct CsvRecords<R> {
    lines: Lines<R>,
    parser: Parser,
    position: usize,
}

impl<R: BufRead> CsvRecords<R> {
    pub(super) fn open(mut lines: Lines<R>) -> Result<Self, Error> {
        let mut parser = Parser::new();
        loop {
            let line = lines.next().map_err(|error| wrong(&format!("the file cannot be read: {error}")))?;
            let line = line.ok_or_else(|| wrong("the file is empty: it has no header"))?;
            let header = line.bytes.ok_or_else(|| wrong("the header is too long"))?;
            if header.trim_ascii().is_empty() {
                continue;
            }
            std::str::from_utf8(&header).map_err(|_| wrong("the header is not UTF-8 text"))?;
            if !parser.read(&header) {
                return Err(wrong("the header opens a quote and does not close it"));
            }
            let is_column = |name: &[u8]| name.trim_ascii().eq_ignore_ascii_case(COLUMN.as_bytes());
            let names = parser.fields().enumerate().filter(|(_, name)| is_column(name));
            let position = match names.map(|(position, _)| position).collect::<Vec<_>>()[..] {
                [position] => position,
                [] => return Err(wrong("the header has no column email")),
                _ => return Err(wrong("the header has more than one column email")),
            };
            return Ok(Self { lines, parser, position });
        }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Record>> {
        while let Some(Line { number, bytes }) = self.lines.next()? {
            let Some(bytes) = bytes else { return Ok(Some(Record::refused(number, Reason::TooLong))) };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            if !self.parser.read(&bytes) {
                return Ok(Some(Record::refused(number, Reason::OpenQuote)));
            }
            return Ok(Some(match self.parser.fields().nth(self.position) {
                Some(value) => Record::of(number, value),
                None => Record::refused(number, Reason::NoColumn),
            }));
        }
        Ok(None)
    }
}

fn wrong(what: &str) -> Error {
    Error::mistake(what, "begin the file with a line of column names, separated by commas, one of them email")
}

#[cfg(test)]
mod tests {
    use finance_domain::InvalidEmail;

    use super::*;
    use crate::import::lines::LONGEST;

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
    fn quotes_hold_commas_and_quotes() {
        assert_eq!(told("name,email\n\"Doe, \"\"J\"\"\",\"a@b.c\"\n"), [line(2, "a@b.c")]);
    }

    #[test]
    fn a_quote_that_stays_open_loses_its_own_line_only() {
        let refused = "a quote is opened and not closed on this line";
        assert_eq!(
            told("email,name\na@b.c,\"A\nd@e.f,D\ng@h.i,\"G\"\n\"j@k.l\n"),
            [line(2, refused), line(3, "d@e.f"), line(4, "g@h.i"), line(5, refused)]
        );
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
