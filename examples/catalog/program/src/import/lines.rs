//! Lines of a file in bounded memory, each with its number.

use std::io::{self, BufRead};

/// The most bytes that a line may have. A car needs a few hundred; the rest is for other columns.
pub(crate) const LONGEST: usize = 64 * 1024;

/// One line, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number in the file, from 1.
    pub(crate) number: u64,
    /// What is in it; none if it has more than [`LONGEST`] bytes.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// The lines of a file.
pub(crate) struct Lines<R> {
    reader: R,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, number: 0 }
    }

    /// The next line; none at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut is_too_long = false;
        let mut is_there = false;
        loop {
            let buffer = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if buffer.is_empty() {
                break;
            }
            is_there = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            // One more than the limit for the carriage return that may end it.
            is_too_long |= bytes.len() + part.len() > LONGEST + 1;
            if !is_too_long {
                bytes.extend_from_slice(part);
            }
            let taken = part.len() + usize::from(end.is_some());
            self.reader.consume(taken);
            if end.is_some() {
                break;
            }
        }
        if !is_there {
            return Ok(None);
        }
        self.number += 1;
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if self.number == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(.."\u{feff}".len());
        }
        is_too_long |= bytes.len() > LONGEST;
        Ok(Some(Line { number: self.number, bytes: (!is_too_long).then_some(bytes) }))
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Option<Vec<u8>>)> {
        // A buffer that is smaller than any line.
        let mut lines = Lines::new(BufReader::with_capacity(3, text));
        std::iter::from_fn(|| lines.next().expect("memory")).map(|line| (line.number, line.bytes)).collect()
    }

    fn texts(text: &[u8]) -> Vec<String> {
        let bytes = read(text).into_iter().map(|(_, bytes)| bytes.expect("short"));
        bytes.map(|bytes| String::from_utf8(bytes).expect("text")).collect()
    }

    #[test]
    fn lines_end_as_they_do_anywhere() {
        assert_eq!(texts(b"one\ntwo\r\n\nfour"), ["one", "two", "", "four"]);
        assert_eq!(texts(b"one\n"), ["one"]);
        assert!(texts(b"").is_empty());
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_line() {
        assert_eq!(texts("\u{feff}make\n\u{feff}x".as_bytes()), ["make", "\u{feff}x"]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_read() {
        for (length, fits) in [(LONGEST, true), (LONGEST + 1, false), (5 * LONGEST, false)] {
            for end in ["\n", "\r\n"] {
                let text = format!("a{end}{}{end}b{end}", "x".repeat(length));
                let lines = read(text.as_bytes());
                assert_eq!(lines.len(), 3, "{length}");
                assert_eq!(lines[1].1.is_some(), fits, "{length}");
                assert_eq!(lines[2], (3, Some(b"b".to_vec())), "{length}");
            }
        }
    }
}
