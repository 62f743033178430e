//! Records of a CSV file (RFC 4180), each on a line of its own.
//!
//! A quoted value that goes on in the next line is refused, though CSV allows it: with one quote too many, all lines up
//! to the next quote would otherwise be lost in silence.

use std::io::{self, BufRead};

use super::columns::{Columns, wrong};
use super::lines::{Line, Lines};
use super::parser::Parser;
use super::reason::Reason;
use super::record::Record;
use crate::error::Error;

/// The records of a file. Empty lines are none.
pub(crate) struct Records<R> {
    lines: Lines<R>,
    parser: Parser,
    columns: Columns,
}

impl<R: BufRead> Records<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// If there is none, or a column is missing in it, or the file cannot be read.
    pub(crate) fn open(reader: R) -> Result<Self, Error> {
        let (mut lines, mut parser) = (Lines::new(reader), Parser::new());
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
            let columns = Columns::of(parser.fields())?;
            return Ok(Self { lines, parser, columns });
        }
    }

    /// The next record; none at the end.
    ///
    /// # Errors
    /// If the file cannot be read any further.
    pub(crate) fn next(&mut self) -> io::Result<Option<Record>> {
        while let Some(Line { number, bytes }) = self.lines.next()? {
            let Some(bytes) = bytes else { return Ok(Some(Record::refused(number, Reason::TooLong))) };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            if !self.parser.read(&bytes) {
                return Ok(Some(Record::refused(number, Reason::OpenQuote)));
            }
            let fields: Vec<&[u8]> = self.parser.fields().collect();
            return Ok(Some(Record::of(number, &fields, self.columns)));
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::LONGEST;

    fn told(text: &[u8]) -> Vec<String> {
        let mut records = Records::open(text).expect("a header");
        let records = std::iter::from_fn(|| records.next().expect("memory"));
        let tell = |Record { line, car }: Record| match car {
            Ok(car) => format!("{line}: {} {} {} {}", car.make, car.model, car.year, car.price),
            Err(reason) => format!("{line}: {reason}"),
        };
        records.map(tell).collect()
    }

    #[test]
    fn columns_are_found_wherever_they_are() {
        assert_eq!(told(b"make,model,year,price\nKia,Rio,2020,1\n"), ["2: Kia Rio 2020 1.00"]);
        let text = "\u{feff}price ,\"Year\",x,MODEL,make\r\n\r\n 9.90 ,2021,?,\"Rio, \"\"S\"\"\",Kia\r\n";
        assert_eq!(told(text.as_bytes()), ["3: Kia Rio, \"S\" 2021 9.90"]);
    }

    #[test]
    fn each_bad_line_is_refused_by_itself() {
        let mut text =
            b"make,model,year,price\nKia,Rio\n,Rio,2020,1\nKia,Rio,soon,1\nKia,Rio,2020,1.005\n".to_vec();
        text.extend(format!("{}\nKia,\"Rio,2020,1\nKia,Rio,2020,1,more\n", "x".repeat(LONGEST + 1)).bytes());
        text.extend(b"Kia,\xff,2020,1\nKia,R\x1b[1m,2020,1\n");
        assert_eq!(
            told(&text),
            [
                "2: the line ends before the column year",
                "3: the make \"\": it is empty",
                "4: the year \"soon\": it is no year from 1886 to 2100",
                "5: the price \"1.005\": it has more than two digits behind the point",
                "6: the line has more than 65536 bytes",
                "7: a quote is opened and not closed on this line",
                "8: Kia Rio 2020 1.00",
                "9: the model is not UTF-8 text",
                "10: the model \"R\\u{1b}[1m\": it has a control character",
            ]
        );
    }

    #[test]
    fn a_header_is_needed() {
        for (text, what) in [
            (&b""[..], "empty"),
            (b"\n\n", "empty"),
            (b"make,model,year\nKia,Rio,2020\n", "no column price"),
            (b"make;model;year;price\n", "no column make"),
            (b"make,model,year,price,Year\n", "more than one column year"),
            (b"m\xffake\n", "not UTF-8"),
            (b"\"make,model,year,price\n", "does not close it"),
        ] {
            let Err(Error::Told { message, .. }) = Records::open(text) else { panic!("{what}") };
            assert!(message.contains(what), "{message}");
        }
    }
}
