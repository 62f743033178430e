//! The text of a file as every tool sees it, whatever an editor or a checkout made of it, and its checksum.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};

use super::error::{Fault, ScriptError};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text without a byte order mark, with LF for CRLF, and with exactly one line break at its end.
pub(crate) fn normalised(text: &str) -> String {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let text =
        if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
    format!("{}\n", text.trim_end())
}

/// `sha256:` and the hash of a normalised text, in hexadecimal.
pub(crate) fn checksum(normalised: &str) -> String {
    let mut text = String::from("sha256:");
    for byte in Sha256::digest(normalised.as_bytes()) {
        text.extend([byte >> 4, byte & 15].iter().filter_map(|digit| char::from_digit((*digit).into(), 16)));
    }
    text
}

/// Refuses a NUL, which no database accepts.
pub(crate) fn refuse_nul(text: &str) -> Result<(), Fault> {
    let Some(before) = text.find('\0').and_then(|at| text.get(..at)) else { return Ok(()) };
    let line = 1 + before.matches('\n').count();
    let hint = "take it out; no database accepts it. If there is one at every second place, the file is UTF-16: save it \
        as UTF-8";
    Err(Fault::new(line, "the file contains a NUL character", hint))
}

/// The text of a file's bytes.
pub(crate) fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, ScriptError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Fault::new(1, "the file is UTF-16", "save it as UTF-8").of_file(file));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Fault::new(line, "the file is not UTF-8", "save it as UTF-8").of_file(file)
    })
}
