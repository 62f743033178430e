//! Rust text with its comments blanked and its literals covered, so that a rule sees code alone.
//!
//! Every line and every byte keeps its place. A comment becomes spaces, what stands inside a string or a
//! character literal becomes underscores. It is a scanner and no parser: enough to tell code from prose.

/// Blanks comments and covers literals.
pub(crate) fn mask(text: &str) -> String {
    let mut masked = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (len, cover) = match bytes[at] {
            b'/' if rest.starts_with(b"//") => (line_comment(rest), b' '),
            b'/' if rest.starts_with(b"/*") => (block_comment(rest), b' '),
            b'"' => (quoted(rest), b'_'),
            b'r' if !follows_word(bytes, at) => match raw_string(rest) {
                Some(len) => (len, b'_'),
                None => (0, b'_'),
            },
            b'\'' => (character(text, at), b'_'),
            _ => (0, b'_'),
        };
        if len == 0 {
            // Beyond ASCII nothing matters to a rule, and one byte for one byte keeps the offsets.
            masked.push(if bytes[at].is_ascii() { bytes[at] } else { b'_' });
            at += 1;
        } else {
            masked.extend(
                rest[..len].iter().map(|byte| if byte.is_ascii_whitespace() { *byte } else { cover }),
            );
            at += len;
        }
    }
    String::from_utf8(masked).unwrap_or_default()
}

/// Is the byte before a part of the same word? The prefixes of byte and C strings do not count.
fn follows_word(bytes: &[u8], at: usize) -> bool {
    let word = |at: usize| bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_';
    match at.checked_sub(1) {
        None => false,
        Some(before) if matches!(bytes[before], b'b' | b'c') => before > 0 && word(before - 1),
        Some(before) => word(before),
    }
}

fn line_comment(rest: &[u8]) -> usize {
    rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[u8]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
    if rest.get(1 + hashes) != Some(&b'"') {
        return None;
    }
    let end = [&b"\""[..], &b"#".repeat(hashes)].concat();
    let body = 2 + hashes;
    let close = rest[body..].windows(end.len()).position(|window| window == end);
    Some(close.map_or(rest.len(), |close| body + close + end.len()))
}

/// The length of a character literal, or 0 for a lifetime.
fn character(text: &str, at: usize) -> usize {
    let mut chars = text[at + 1..].char_indices();
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((escaped, letter))) => {
            let after = escaped + letter.len_utf8();
            text[at + 1 + after..].find('\'').map_or(0, |close| 1 + after + close + 1)
        }
        (Some(_), Some((close, '\''))) => 1 + close + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn comments_become_blank() {
        assert_eq!(mask("a // b\nc /* d /* e */\nf */ g"), "a     \nc             \n     g");
        assert_eq!(mask("//! doc\nx"), "       \nx");
    }

    #[test]
    fn literals_are_covered_and_no_comment_begins_in_them() {
        assert_eq!(mask(r#"f("// no \" end", x)"#), "f(___ __ __ ____, x)");
        assert_eq!(mask("r#\"a \" // \"# b"), "____ _ __ __ b");
        assert_eq!(mask("br\"\\\" b"), "b____ b");
        assert_eq!(mask("('\"', '\\'', '/')"), "(___, ____, ___)");
    }

    #[test]
    fn lifetimes_and_words_with_r_stay() {
        let code = "fn for_<'a>(r: &'a str) -> &'static str { r }";
        assert_eq!(mask(code), code);
        assert_eq!(mask("expr\"x\""), "expr___");
    }

    #[test]
    fn bytes_keep_their_places() {
        let text = "let é = \"ü\"; // ß\nlet x = 'ß';";
        let masked = mask(text);
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked.find('\n'), text.find('\n'));
        assert!(masked.ends_with("let x = ____;"));
    }

    #[test]
    fn an_open_end_is_no_panic() {
        for text in ["\"", "\"\\", "'", "'\\", "r#\"", "/*", "/* é", "b'", "//"] {
            assert_eq!(mask(text).len(), text.len(), "{text:?}");
        }
    }
}
