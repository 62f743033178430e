//! Arrays as JSON text: numbers and booleans as JSON has them, documents as they are, everything else as a string.
//!
//! Strings hold text as it is, decimals in their plain form, bytes in hexadecimal digits, and dates, times and UUIDs
//! as a column of their own would hold them.

use std::cell::OnceCell;
use std::io::Write;

use rust_decimal::Decimal;
use underpin_core::{CellError, Cells, ColumnType, Encoder, Interval};

use super::calendar::{date_text, parse_date, parse_time, parse_timestamp, time_text, timestamp_text};
use super::uuid::{digit, parse_uuid, uuid_text};

/// Appends an array as JSON.
pub(super) fn write_array(
    out: &mut Vec<u8>,
    element: ColumnType,
    length: usize,
    each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
) -> Result<(), CellError> {
    out.push(b'[');
    for index in 0..length {
        if index > 0 {
            out.push(b',');
        }
        each(index, &mut ElementEncoder { out, ty: element })?;
    }
    out.push(b']');
    Ok(())
}

/// Calls `each` for every element of an array in JSON.
pub(super) fn read_array(
    text: &str,
    each: &mut dyn FnMut(&dyn Cells) -> Result<(), CellError>,
) -> Result<(), CellError> {
    let mut rest = text.trim_matches(SPACE).strip_prefix('[').ok_or(WRONG)?.trim_start_matches(SPACE);
    if let Some(after) = rest.strip_prefix(']') {
        return if after.is_empty() { Ok(()) } else { Err(WRONG) };
    }
    loop {
        let raw = element(rest).ok_or(WRONG)?;
        rest = rest[raw.len()..].trim_start_matches(SPACE);
        each(&ElementCell { raw, text: OnceCell::new(), bytes: OnceCell::new() })?;
        if rest == "]" {
            return Ok(());
        }
        rest = rest.strip_prefix(',').ok_or(WRONG)?.trim_start_matches(SPACE);
    }
}

const WRONG: CellError = CellError::Malformed("an array in JSON");
const SPACE: &[char] = &[' ', '\t', '\n', '\r'];

/// The JSON value at the front, as it stands.
fn element(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += string_length(bytes.get(at..)?)?;
                if depth == 0 {
                    break;
                }
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    at += 1;
                    break;
                }
            }
            b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    if depth == 0 && at > 0 { text.get(..at) } else { None }
}

/// The length of a JSON string with its quotes.
fn string_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

struct ElementEncoder<'a> {
    out: &'a mut Vec<u8>,
    ty: ColumnType,
}

impl ElementEncoder<'_> {
    fn plain(&mut self, text: std::fmt::Arguments<'_>) -> Result<(), CellError> {
        self.out.write_fmt(text).map_err(|_| WRONG)
    }

    /// A string that needs no escape.
    fn quoted(&mut self, text: &[u8]) -> Result<(), CellError> {
        self.out.push(b'"');
        self.out.extend_from_slice(text);
        self.out.push(b'"');
        Ok(())
    }

    fn float(&mut self, finite: bool, text: std::fmt::Arguments<'_>) -> Result<(), CellError> {
        if !finite {
            return Err(CellError::OutOfRange("JSON has neither NaN nor infinity"));
        }
        self.plain(text)
    }
}

impl Encoder for ElementEncoder<'_> {
    fn null(&mut self) -> Result<(), CellError> {
        self.plain(format_args!("null"))
    }
    fn bool(&mut self, value: bool) -> Result<(), CellError> {
        self.plain(format_args!("{value}"))
    }
    fn i16(&mut self, value: i16) -> Result<(), CellError> {
        self.plain(format_args!("{value}"))
    }
    fn i32(&mut self, value: i32) -> Result<(), CellError> {
        self.plain(format_args!("{value}"))
    }
    fn i64(&mut self, value: i64) -> Result<(), CellError> {
        self.plain(format_args!("{value}"))
    }
    // The Debug form is the shortest that reads back as the same number, and JSON.
    fn f32(&mut self, value: f32) -> Result<(), CellError> {
        self.float(value.is_finite(), format_args!("{value:?}"))
    }
    fn f64(&mut self, value: f64) -> Result<(), CellError> {
        self.float(value.is_finite(), format_args!("{value:?}"))
    }
    fn text(&mut self, value: &str) -> Result<(), CellError> {
        self.ty.check_text(value)?;
        self.out.push(b'"');
        for character in value.bytes() {
            match character {
                b'"' | b'\\' => self.out.extend_from_slice(&[b'\\', character]),
                b'\n' => self.out.extend_from_slice(b"\\n"),
                b'\r' => self.out.extend_from_slice(b"\\r"),
                b'\t' => self.out.extend_from_slice(b"\\t"),
                0..=0x1f => self.plain(format_args!("\\u{character:04x}"))?,
                other => self.out.push(other),
            }
        }
        self.out.push(b'"');
        Ok(())
    }
    fn bytes(&mut self, value: &[u8]) -> Result<(), CellError> {
        self.out.push(b'"');
        for byte in value {
            self.plain(format_args!("{byte:02x}"))?;
        }
        self.out.push(b'"');
        Ok(())
    }
    fn decimal(&mut self, value: Decimal) -> Result<(), CellError> {
        self.ty.check_decimal(value)?;
        self.plain(format_args!("\"{value}\""))
    }
    fn uuid(&mut self, value: [u8; 16]) -> Result<(), CellError> {
        self.quoted(&uuid_text(value))
    }
    fn date(&mut self, days: i32) -> Result<(), CellError> {
        self.quoted(&date_text(days)?)
    }
    fn time(&mut self, micros: i64) -> Result<(), CellError> {
        self.quoted(&time_text(micros)?)
    }
    fn timestamp(&mut self, micros: i64) -> Result<(), CellError> {
        self.quoted(&timestamp_text(micros)?)
    }
    fn timestamptz(&mut self, micros: i64) -> Result<(), CellError> {
        self.quoted(&timestamp_text(micros)?)
    }
    fn interval(&mut self, value: Interval) -> Result<(), CellError> {
        let micros = value.as_micros().ok_or(super::encode::MICROS_ALONE)?;
        self.plain(format_args!("{micros}"))
    }
    fn json(&mut self, value: &str) -> Result<(), CellError> {
        // It becomes part of this document, so it must be one value that ends where it seems to end.
        let value = value.trim_matches(SPACE);
        if element(value) != Some(value) {
            return Err(CellError::OutOfRange("the text is not a JSON document"));
        }
        self.ty.check_text(value)?;
        self.out.extend_from_slice(value.as_bytes());
        Ok(())
    }
    fn array(
        &mut self,
        length: usize,
        each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        let element = if let ColumnType::Array(element) = self.ty { *element } else { self.ty };
        write_array(self.out, element, length, each)
    }
}

/// One element of an array. What is not borrowed from the document is made when it is first asked for.
struct ElementCell<'a> {
    raw: &'a str,
    text: OnceCell<String>,
    bytes: OnceCell<Vec<u8>>,
}

impl ElementCell<'_> {
    fn raw(&self, position: usize) -> Result<&str, CellError> {
        match self.raw {
            _ if position != 0 => Err(CellError::Malformed("an array with one value an element")),
            "null" => Err(CellError::Null),
            raw => Ok(raw),
        }
    }

    fn number<T: std::str::FromStr>(&self, position: usize, what: &'static str) -> Result<T, CellError> {
        let raw = self.raw(position)?;
        // Rust reads `inf` and `NaN` too, which JSON has not.
        let number = raw.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        raw.parse().ok().filter(|_| number).ok_or(CellError::Malformed(what))
    }
}

impl Cells for ElementCell<'_> {
    fn is_null(&self, _position: usize) -> bool {
        self.raw == "null"
    }
    fn bool(&self, position: usize) -> Result<bool, CellError> {
        self.raw(position)?.parse().map_err(|_| CellError::Malformed("an array of booleans"))
    }
    fn i16(&self, position: usize) -> Result<i16, CellError> {
        self.number(position, "an array of 16-bit integers")
    }
    fn i32(&self, position: usize) -> Result<i32, CellError> {
        self.number(position, "an array of 32-bit integers")
    }
    fn i64(&self, position: usize) -> Result<i64, CellError> {
        self.number(position, "an array of integers")
    }
    fn f32(&self, position: usize) -> Result<f32, CellError> {
        self.number(position, "an array of numbers")
    }
    fn f64(&self, position: usize) -> Result<f64, CellError> {
        self.number(position, "an array of numbers")
    }
    fn text(&self, position: usize) -> Result<&str, CellError> {
        const STRINGS: CellError = CellError::Malformed("an array of strings");
        let inner =
            self.raw(position)?.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or(STRINGS)?;
        if !inner.contains('\\') {
            return Ok(inner);
        }
        if self.text.get().is_none() {
            let _ = self.text.set(unescape(inner).ok_or(STRINGS)?);
        }
        self.text.get().map(String::as_str).ok_or(STRINGS)
    }
    fn bytes(&self, position: usize) -> Result<&[u8], CellError> {
        const BYTES: CellError = CellError::Malformed("an array of bytes in hexadecimal digits");
        if self.bytes.get().is_none() {
            let pairs = self.text(position)?.as_bytes().chunks(2).map(|pair| match pair {
                [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
                _ => None,
            });
            let _ = self.bytes.set(pairs.collect::<Option<_>>().ok_or(BYTES)?);
        }
        self.bytes.get().map(Vec::as_slice).ok_or(BYTES)
    }
    fn decimal(&self, position: usize) -> Result<Decimal, CellError> {
        self.text(position)?.parse().map_err(|_| CellError::Malformed("an array of decimals"))
    }
    fn uuid(&self, position: usize) -> Result<[u8; 16], CellError> {
        parse_uuid(self.text(position)?.as_bytes())
    }
    fn date(&self, position: usize) -> Result<i32, CellError> {
        parse_date(self.text(position)?.as_bytes())
    }
    fn time(&self, position: usize) -> Result<i64, CellError> {
        parse_time(self.text(position)?.as_bytes())
    }
    fn timestamp(&self, position: usize) -> Result<i64, CellError> {
        parse_timestamp(self.text(position)?.as_bytes())
    }
    fn timestamptz(&self, position: usize) -> Result<i64, CellError> {
        parse_timestamp(self.text(position)?.as_bytes())
    }
    fn interval(&self, position: usize) -> Result<Interval, CellError> {
        self.number(position, "an array of microseconds").map(Interval::from_micros)
    }
    fn json(&self, position: usize) -> Result<&str, CellError> {
        // A document may itself be null; a NULL element cannot be told from it.
        self.raw(position)
    }
    fn array(
        &self,
        position: usize,
        each: &mut dyn FnMut(&dyn Cells) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        read_array(self.raw(position)?, each)
    }
}

/// The text of a JSON string without its quotes.
fn unescape(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        plain.push(match rest.next()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let first = code_unit(&mut rest)?;
                // Characters beyond 16 bits come as two units.
                if (0xd800..0xdc00).contains(&first) {
                    if (rest.next()?, rest.next()?) != ('\\', 'u') {
                        return None;
                    }
                    let second = code_unit(&mut rest)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)?
                } else {
                    char::from_u32(first)?
                }
            }
            other @ ('"' | '\\' | '/') => other,
            _ => return None,
        });
    }
    Some(plain)
}

fn code_unit(rest: &mut std::str::Chars<'_>) -> Option<u32> {
    let digits = rest.as_str().get(..4)?;
    rest.nth(3)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use underpin_core::Value;

    use super::*;

    fn json<T: Value>(values: &[T]) -> String {
        let mut out = Vec::new();
        write_array(&mut out, T::TYPE, values.len(), &mut |index, out| values[index].encode(out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn parse<T: Value>(text: &str) -> Result<Vec<T>, CellError> {
        let mut values = Vec::new();
        read_array(text, &mut |cell| {
            values.push(T::decode(cell, 0)?);
            Ok(())
        })?;
        Ok(values)
    }

    #[test]
    fn the_json_is_what_one_would_write() {
        assert_eq!(json(&[Some(1_i64), None]), "[1,null]");
        assert_eq!(json(&[true, false]), "[true,false]");
        assert_eq!(json(&["a\"b\\\n\u{1}ä".to_owned()]), r#"["a\"b\\\n\u0001ä"]"#);
        assert_eq!(json(&["12.50".parse::<Decimal>().unwrap()]), r#"["12.50"]"#);
        assert_eq!(json(&[vec![0_u8, 255]]), r#"["00ff"]"#);
        assert_eq!(json(&[vec![1_i32], vec![]]), "[[1],[]]");
        assert_eq!(json(&[0.1_f64, 1e300]), "[0.1,1e300]");
        assert_eq!(json(&[0_i16; 0]), "[]");
    }

    #[test]
    fn json_of_others_is_read() {
        assert_eq!(parse::<i64>(" [ 1 , 2\n]\t"), Ok(vec![1, 2]));
        assert_eq!(
            parse::<String>(r#"["\u00e4\/\ud83d\ude00","]," ]"#),
            Ok(vec!["ä/😀".into(), "],".into()])
        );
        assert_eq!(parse::<Option<String>>(r#"[null,""]"#), Ok(vec![None, Some(String::new())]));
        for wrong in
            ["", "[", "]", "[1", "[1,]", "[,1]", "[1 2]", "[1]]", "[\"]", "1", "{}", "[\"\\x\"]", "[1.5]"]
        {
            assert!(parse::<i64>(wrong).is_err(), "{wrong}");
        }
        assert!(parse::<String>(r#"["\ud83d"]"#).is_err());
        assert!(parse::<f64>("[inf]").is_err() && parse::<bool>("[1]").is_err());
        assert_eq!(parse::<i64>("[null]"), Err(CellError::Null));
        assert!(parse::<Vec<u8>>(r#"["0"]"#).is_err() && parse::<Vec<u8>>(r#"["zz"]"#).is_err());
    }

    #[test]
    fn documents_stay_documents() {
        let mut out = Vec::new();
        let documents = [r#" {"a":[1,"]"]} "#, "null", "\"x\""];
        write_array(&mut out, ColumnType::Json, 3, &mut |index, out| out.json(documents[index])).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, r#"[{"a":[1,"]"]},null,"x"]"#);
        let mut seen = Vec::new();
        read_array(&text, &mut |cell| {
            seen.push(cell.json(0).map(str::to_owned));
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, [Ok(r#"{"a":[1,"]"]}"#.into()), Err(CellError::Null), Ok("\"x\"".into())]);
        let mut out = Vec::new();
        for broken in ["1,2", "[1", "", "1]"] {
            let refused = write_array(&mut out, ColumnType::Json, 1, &mut |_, out| out.json(broken));
            assert!(refused.is_err(), "{broken}");
        }
    }

    #[test]
    fn what_json_lacks_is_refused() {
        let mut out = Vec::new();
        let refused = write_array(&mut out, ColumnType::Double, 1, &mut |_, out| out.f64(f64::NAN));
        assert_eq!(refused, Err(CellError::OutOfRange("JSON has neither NaN nor infinity")));
    }

    proptest! {
        #[test]
        fn texts_come_back(values: Vec<Option<String>>) {
            prop_assume!(values.iter().flatten().all(|text| !text.contains('\0')));
            prop_assert_eq!(parse::<Option<String>>(&json(&values)), Ok(values));
        }

        #[test]
        fn floats_come_back(values: Vec<f64>, small: Vec<f32>) {
            prop_assume!(values.iter().all(|v| v.is_finite()) && small.iter().all(|v| v.is_finite()));
            prop_assert_eq!(parse::<f64>(&json(&values)), Ok(values));
            prop_assert_eq!(parse::<f32>(&json(&small)), Ok(small));
        }

        #[test]
        fn numbers_and_bytes_come_back(values: Vec<Vec<i64>>, bytes: Vec<Vec<u8>>) {
            prop_assert_eq!(parse::<Vec<i64>>(&json(&values)), Ok(values));
            prop_assert_eq!(parse::<Vec<u8>>(&json(&bytes)), Ok(bytes));
        }

        #[test]
        fn no_text_breaks_the_reader(text in r#"[\[\]{}",\\u0-9a-f ]{0,40}"#) {
            let _ = parse::<String>(&text);
            let _ = parse::<Vec<Option<String>>>(&text);
        }
    }
}
