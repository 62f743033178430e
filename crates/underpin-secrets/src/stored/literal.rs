//! Rows as one text parameter: an array of PostgreSQL, a JSON document of SQLite; bytes as hexadecimal digits.

/// An array of texts, as PostgreSQL reads it.
pub(super) fn array<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut out = String::from("{");
    for (at, text) in texts.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        for char in text.chars() {
            if matches!(char, '"' | '\\') {
                out.push('\\');
            }
            out.push(char);
        }
        out.push('"');
    }
    out.push('}');
    out
}

/// Adds a JSON array of texts to a JSON array.
pub(super) fn push_json<'t>(out: &mut String, texts: impl Iterator<Item = &'t str>) {
    if out.len() > 1 {
        out.push(',');
    }
    out.push('[');
    for (at, text) in texts.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        for char in text.chars() {
            match char {
                '"' | '\\' => out.extend(['\\', char]),
                control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
                other => out.push(other),
            }
        }
        out.push('"');
    }
    out.push(']');
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// The bytes of hexadecimal digits; hyphens between them count as nothing, so that a UUID is read too.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut high = None;
    for byte in text.bytes().filter(|byte| *byte != b'-') {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            _ => return None,
        };
        match high.take() {
            None => high = Some(digit),
            Some(first) => bytes.push(first << 4 | digit),
        }
    }
    high.is_none().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_stay_what_they_are() {
        assert_eq!(array(["a", "", "x\"y\\z,{}", "NULL"].into_iter()), r#"{"a","","x\"y\\z,{}","NULL"}"#);
        let mut json = String::from("[");
        push_json(&mut json, ["a\"b", "c\\d\n"].into_iter());
        push_json(&mut json, ["é"].into_iter());
        assert_eq!(json + "]", r#"[["a\"b","c\\d\u000a"],["é"]]"#);
    }

    #[test]
    fn digits_are_bytes() {
        assert_eq!(hex(&[0, 0x1f, 0xff]), "001fff");
        assert_eq!(unhex("001FfF"), Some(vec![0, 0x1f, 0xff]));
        assert_eq!(unhex("00000000-0000-0000-0000-0000000000ff").map(|bytes| bytes.len()), Some(16));
        assert_eq!((unhex("0"), unhex("0g"), unhex("")), (None, None, Some(vec![])));
    }
}
