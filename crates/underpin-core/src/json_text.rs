//! JSON documents as text: their parts, and whether one holds another, as PostgreSQL's `jsonb` has it.

use std::borrow::Cow;

/// The deepest document that is read; PostgreSQL and SQLite refuse deeper ones before.
const DEEPEST: usize = 1_000;

/// A part of a document, with the text that it is written with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonText<'a> {
    text: &'a str,
    value: JsonValue<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum JsonValue<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<JsonText<'a>>),
    /// Each key once: of several the last counts.
    Object(Vec<(Cow<'a, str>, JsonText<'a>)>),
}

/// A number by its value: `1.50e1` is `15`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    negative: bool,
    /// Without zeros at both ends; nothing for zero.
    digits: Vec<u8>,
    /// Where the point stands, counted from the first digit.
    point: i64,
}

impl<'a> JsonText<'a> {
    /// Reads a document; `None` if it is none.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut reader = Reader { text, at: 0 };
        let document = reader.value(0)?;
        reader.blanks();
        (reader.at == text.len()).then_some(document)
    }

    /// The text that it is written with.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// What it says as plain text: a text without its quotes; `None` for null.
    #[must_use]
    pub fn plain(&self) -> Option<Cow<'a, str>> {
        match &self.value {
            JsonValue::Null => None,
            JsonValue::Text(text) => Some(text.clone()),
            _ => Some(Cow::Borrowed(self.text)),
        }
    }

    /// What stands under a key of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let JsonValue::Object(members) = &self.value else { return None };
        members.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// What stands at a place of a list, counted from 0.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&Self> {
        if let JsonValue::List(elements) = &self.value { elements.get(place) } else { None }
    }

    /// How many elements the list has; `None` if it is no list.
    #[must_use]
    pub fn length(&self) -> Option<usize> {
        if let JsonValue::List(elements) = &self.value { Some(elements.len()) } else { None }
    }

    /// Whether it is an object with this key, or a list with this text in it.
    #[must_use]
    pub fn has_key(&self, key: &str) -> bool {
        match &self.value {
            JsonValue::List(elements) => {
                elements.iter().any(|of| matches!(&of.value, JsonValue::Text(text) if text == key))
            }
            JsonValue::Text(text) => text == key,
            _ => self.get(key).is_some(),
        }
    }

    /// Whether it holds all of another document: of an object each member, of a list each element in whatever order. A
    /// list holds a single text, number or truth value as well.
    #[must_use]
    pub fn contains(&self, part: &Self) -> bool {
        match (&self.value, &part.value) {
            (JsonValue::List(elements), part_value) if part_value.is_single() => {
                elements.iter().any(|element| element.value == *part_value)
            }
            _ => self.holds(part),
        }
    }

    fn holds(&self, part: &Self) -> bool {
        match (&self.value, &part.value) {
            (JsonValue::Object(_), JsonValue::Object(members)) => {
                members.iter().all(|(key, wanted)| self.get(key).is_some_and(|value| value.holds(wanted)))
            }
            (JsonValue::List(elements), JsonValue::List(wanted)) => {
                wanted.iter().all(|wanted| elements.iter().any(|element| element.holds(wanted)))
            }
            (value, wanted) => value.is_single() && value == wanted,
        }
    }
}

impl JsonValue<'_> {
    fn is_single(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }
}

/// Reads a text from front to back.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Passes over what must stand here.
    fn take(&mut self, what: &str) -> Option<()> {
        self.blanks();
        self.rest().starts_with(what).then(|| self.at += what.len())
    }

    fn value(&mut self, depth: usize) -> Option<JsonText<'a>> {
        self.blanks();
        let from = self.at;
        let value = match self.rest().bytes().next()? {
            b'{' if depth < DEEPEST => self.object(depth + 1)?,
            b'[' if depth < DEEPEST => self.list(depth + 1)?,
            b'"' => JsonValue::Text(self.quoted()?),
            b't' => self.take("true").map(|()| JsonValue::Bool(true))?,
            b'f' => self.take("false").map(|()| JsonValue::Bool(false))?,
            b'n' => self.take("null").map(|()| JsonValue::Null)?,
            _ => JsonValue::Number(self.number()?),
        };
        Some(JsonText { text: self.text.get(from..self.at)?, value })
    }

    fn list(&mut self, depth: usize) -> Option<JsonValue<'a>> {
        self.take("[")?;
        let mut elements = Vec::new();
        if self.take("]").is_some() {
            return Some(JsonValue::List(elements));
        }
        loop {
            elements.push(self.value(depth)?);
            if self.take("]").is_some() {
                return Some(JsonValue::List(elements));
            }
            self.take(",")?;
        }
    }

    fn object(&mut self, depth: usize) -> Option<JsonValue<'a>> {
        self.take("{")?;
        let mut members: Vec<(Cow<'a, str>, JsonText<'a>)> = Vec::new();
        if self.take("}").is_some() {
            return Some(JsonValue::Object(members));
        }
        loop {
            self.blanks();
            let key = self.quoted()?;
            self.take(":")?;
            let value = self.value(depth)?;
            match members.iter_mut().find(|(known, _)| *known == key) {
                Some(member) => member.1 = value,
                None => members.push((key, value)),
            }
            if self.take("}").is_some() {
                return Some(JsonValue::Object(members));
            }
            self.take(",")?;
        }
    }

    fn quoted(&mut self) -> Option<Cow<'a, str>> {
        self.take("\"")?;
        let rest = self.rest();
        let end = rest.find(['"', '\\'])?;
        if rest[end..].starts_with('"') {
            self.at += end + 1;
            return Some(Cow::Borrowed(&rest[..end]));
        }
        let (mut text, mut letters) = (String::new(), rest.char_indices());
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.at += at + 1;
                    return Some(Cow::Owned(text));
                }
                '\\' => text.push(match letters.next()?.1 {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => match unit(&mut letters)? {
                        high @ 0xD800..0xDC00 => {
                            let escape = (letters.next()?.1, letters.next()?.1);
                            let low = (escape == ('\\', 'u')).then(|| unit(&mut letters))??;
                            char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + low.checked_sub(0xDC00)?)?
                        }
                        unit => char::from_u32(unit)?,
                    },
                    plain @ ('"' | '\\' | '/') => plain,
                    _ => return None,
                }),
                letter => text.push(letter),
            }
        }
        None
    }

    fn number(&mut self) -> Option<Number> {
        let rest = self.rest();
        let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte)).count();
        let text = rest.get(..length)?;
        self.at += length;
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i64 = exponent.parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        if whole.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let leading = digits.iter().take_while(|digit| **digit == b'0').count();
        let trailing = digits.iter().rev().take_while(|digit| **digit == b'0').count();
        let digits = digits.get(leading..digits.len() - trailing).unwrap_or_default().to_vec();
        if digits.is_empty() {
            return Some(Number { negative: false, digits, point: 0 });
        }
        let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        Some(Number { negative, digits, point: point.checked_add(exponent)? })
    }
}

/// The four digits behind `\u`.
fn unit(letters: &mut std::str::CharIndices<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit * 16 + letters.next()?.1.to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_hold_others_as_in_postgres() {
        for (whole, part, expected) in [
            (r#"{"a": 1, "b": {"c": [1, 2]}}"#, r#"{"b": {"c": [2]}}"#, true),
            (r#"{"a": 1}"#, r#"{"a": 1.0}"#, true),
            (r#"{"a": 150}"#, r#"{"a": 1.5e2}"#, true),
            (r#"{"a": -0.0}"#, r#"{"a": 0}"#, true),
            (r#"{"a": 0.01}"#, r#"{"a": 1E-2}"#, true),
            (r#"{"a": 10}"#, r#"{"a": 1}"#, false),
            (r#"{"a": 1}"#, r#"{"a": "1"}"#, false),
            (r#"{"a": [1, 2]}"#, r#"{"a": 1}"#, false),
            (r#"{"a": null}"#, r#"{"a": null}"#, true),
            (r"{}", r#"{"a": null}"#, false),
            (r#"{"a": 1}"#, "{}", true),
            ("[1, 2, 3]", "[3, 1, 1]", true),
            ("[1, 2]", "[1, 4]", false),
            (r#"["foo", "bar"]"#, r#""bar""#, true),
            (r#""bar""#, r#"["bar"]"#, false),
            (r#"[["a"]]"#, r#"["a"]"#, false),
            (r#"[["a", "b"], 1]"#, r#"[["b"]]"#, true),
            (r#"[{"a": 1, "b": 2}]"#, r#"[{"b": 2}]"#, true),
            ("[]", "{}", false),
            (r#"{"ä": "😀\n"}"#, r#"{"\u00e4": "\ud83d\ude00\u000a"}"#, true),
            (r#"{"a": 1, "a": 2}"#, r#"{"a": 1}"#, false),
            ("true", "true", true),
            ("true", "false", false),
        ] {
            let [whole_read, part_read] = [whole, part].map(|text| JsonText::parse(text).unwrap());
            assert_eq!(whole_read.contains(&part_read), expected, "{whole} {part}");
        }
    }

    #[test]
    fn parts_keep_their_text() {
        let document = JsonText::parse(r#" {"a": [1.50, {"b" : "x\"y"}, true, null], "a.b": 2} "#).unwrap();
        let list = document.get("a").unwrap();
        assert_eq!(list.length(), Some(4));
        assert_eq!(list.at(0).unwrap().text(), "1.50");
        assert_eq!(list.at(1).unwrap().text(), r#"{"b" : "x\"y"}"#);
        assert_eq!(list.at(1).unwrap().get("b").unwrap().plain().unwrap(), "x\"y");
        assert_eq!(list.at(2).unwrap().plain().unwrap(), "true");
        assert_eq!((list.at(3).unwrap().plain(), list.at(4), list.get("0")), (None, None, None));
        assert!(document.has_key("a.b") && !document.has_key("b"));
    }

    #[test]
    fn what_is_no_document_is_none() {
        let deep = "[".repeat(2_000) + &"]".repeat(2_000);
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "tru",
            "\"a",
            "1 2",
            "\"\\x\"",
            "\"\\ud800\"",
            "-",
            "1e",
            deep.as_str(),
        ] {
            assert_eq!(JsonText::parse(text), None, "{}", text.chars().take(20).collect::<String>());
        }
    }
}
