//! One line of CSV.

use csv_core::{ReadRecordResult, Reader};

/// Takes a line apart; it can be used again and again.
pub(super) struct Parser {
    reader: Reader,
    text: Vec<u8>,
    /// Where each field ends in the text.
    ends: Vec<usize>,
    fields: usize,
}

impl Parser {
    pub(super) fn new() -> Self {
        Self { reader: Reader::new(), text: Vec::new(), ends: Vec::new(), fields: 0 }
    }

    /// Reads a line that is not empty, and tells whether it is a whole record: it is not if a quote stays open.
    pub(super) fn read(&mut self, line: &[u8]) -> bool {
        // There cannot be more text, nor more fields, than there are bytes.
        self.text.resize(line.len() + 1, 0);
        self.ends.resize(line.len() + 1, 0);
        self.reader.reset();
        let (_, _, written, before) = self.reader.read_record(line, &mut self.text, &mut self.ends);
        let (text, ends) = (&mut self.text[written..], &mut self.ends[before..]);
        let (result, _, _, last) = self.reader.read_record(b"\n", text, ends);
        self.fields = before + last;
        matches!(result, ReadRecordResult::Record)
    }

    /// The fields of the record.
    pub(super) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let ends = &self.ends[..self.fields];
        let starts = std::iter::once(&0).chain(ends);
        starts.zip(ends).map(|(start, end)| &self.text[*start..*end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Option<Vec<String>> {
        let mut parser = Parser::new();
        // A line before it leaves nothing behind.
        parser.read(b"one,two,\"three");
        let text = |field: &[u8]| String::from_utf8(field.to_vec()).expect("text");
        parser.read(line.as_bytes()).then(|| parser.fields().map(text).collect())
    }

    #[test]
    fn lines_are_taken_apart() {
        for (line, expected) in [
            ("a,b", &["a", "b"][..]),
            ("a", &["a"]),
            (",", &["", ""]),
            ("\"\"", &[""]),
            ("\"a,\"\"b\"\"\",c", &["a,\"b\"", "c"]),
            ("a\"b,c", &["a\"b", "c"]),
            ("\"a\"b,c", &["ab", "c"]),
        ] {
            assert_eq!(fields(line).expect(line), expected, "{line}");
        }
    }

    #[test]
    fn an_open_quote_is_no_end() {
        for line in ["\"a", "a,\"b", "a\"b,\"c", "\"a\"\"", "\""] {
            assert_eq!(fields(line), None, "{line}");
        }
    }
}
