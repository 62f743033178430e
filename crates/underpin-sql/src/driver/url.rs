//! Taking a database URL apart without ever repeating its password.

use std::borrow::Cow;

use underpin_core::{Error, Result};

/// What stands before the `:` of a URL, in lower case.
pub(super) fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let word = !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    word.then(|| scheme.to_ascii_lowercase())
}

/// The part before `?`, and the decoded options after it.
pub(super) fn split_query(url: &str) -> Result<(&str, Vec<(String, String)>)> {
    let Some((base, query)) = url.split_once('?') else { return Ok((url, Vec::new())) };
    let mut options = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').ok_or_else(|| {
            Error::config(
                "an option of the database URL has no `=`",
                "write options as `?name=value&name=value`; a `?` or `&` inside a password is written %3F or %26",
            )
        })?;
        options.push((percent_decode(name)?.into_owned(), percent_decode(value)?.into_owned()));
    }
    Ok((base, options))
}

/// Replaces `%41` by `A`.
///
/// # Errors
/// If a `%` is not followed by two hexadecimal digits, or the result is not UTF-8; the text is not quoted.
pub fn percent_decode(text: &str) -> Result<Cow<'_, str>> {
    if !text.contains('%') {
        return Ok(Cow::Borrowed(text));
    }
    let wrong = || {
        Error::config(
            "the database URL has a `%` that is not followed by two hexadecimal digits of UTF-8 text",
            "write a `%` itself as %25",
        )
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%' {
            let digits =
                after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).ok_or_else(wrong)?;
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_| wrong())?);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| wrong())
}
