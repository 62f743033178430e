//! Records of a file that has a JSON object on each line.

use std::io::{self, BufRead};

use serde::Deserialize;

use super::lines::Lines;
use super::reason::Reason;
use super::record::Record;

/// What is read of an object; whatever else it has is passed over.
#[derive(Deserialize)]
struct Object {
    email: String,
}

pub(crate) struct JsonRecords<R> {
    lines: Lines<R>,
}

impl<R: BufRead> JsonRecords<R> {
    pub(super) fn new(lines: Lines<R>) -> Self {
        Self { lines }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Record>> {
        while let Some(line) = self.lines.next()? {
            let Some(bytes) = line.bytes else {
                return Ok(Some(Record::refused(line.number, Reason::TooLong)));
            };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            return Ok(Some(record(line.number, &bytes)));
        }
        Ok(None)
    }
}

fn record(line: u64, bytes: &[u8]) -> Record {
    if std::str::from_utf8(bytes).is_err() {
        return Record::refused(line, Reason::NotText);
    }
    match serde_json::from_slice::<Object>(bytes) {
        Ok(object) => Record::of(line, object.email.as_bytes()),
        Err(_) => Record::refused(line, Reason::NoObject),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::LONGEST;

    fn read(text: &[u8]) -> Vec<Record> {
        let mut records = JsonRecords::new(Lines::new(text));
        std::iter::from_fn(|| records.next().expect("memory")).collect()
    }

    #[test]
    fn each_line_is_an_object() {
        let text = "\u{feff}{\"email\": \"a@b.c\"}\r\n\n  \n{\"id\": [1, {}], \"email\":\" \\u00fc@b.c \"}";
        let records = read(text.as_bytes());
        let told: Vec<_> =
            records.iter().map(|r| (r.line, r.email.as_ref().expect("valid").as_str())).collect();
        assert_eq!(told, [(1, "a@b.c"), (4, "ü@b.c")]);
    }

    #[test]
    fn anything_else_is_refused() {
        for line in
            ["{}", "[]", "\"a@b.c\"", "{\"email\": 5}", "{\"email\": null}", "{\"email\": \"a@b.c\"", "email"]
        {
            assert_eq!(read(line.as_bytes()), [Record::refused(1, Reason::NoObject)], "{line}");
        }
        assert_eq!(read(b"{\"email\": \"\xff@b.c\"}"), [Record::refused(1, Reason::NotText)]);
        let long = format!("{{\"email\": \"{}@b.c\"}}\n{{\"email\": \"a@b.c\"}}", "x".repeat(LONGEST));
        let records = read(long.as_bytes());
        assert_eq!(records[0], Record::refused(1, Reason::TooLong));
        assert!(records[1].email.is_ok());
    }
}
