//! Texts without the passwords that somebody may have typed into them.

/// The text with the password of every URL in it, and of every `password=`, replaced by `***`.
///
/// Errors of the toolkit never have one; this is for what a person typed in a place where it does not belong.
pub fn redacted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = split_behind(rest, &["://", "password="]) {
        let end = after.find(|c: char| c.is_whitespace() || "'\"`<>".contains(c)).unwrap_or(after.len());
        let word = &after[..end];
        let (start, end) = if before.ends_with('=') { (0, whole_value(word)) } else { password(word) };
        out.push_str(before);
        out.push_str(&word[..start]);
        out.push_str(if start < end { "***" } else { "" });
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

fn whole_value(word: &str) -> usize {
    word.find('&').unwrap_or(word.len())
}

/// Where the password is in what follows `://`. It may hold a `/` or an `@` that should have been escaped: the last
/// `@` counts. Without any, the URL may have been cut there: what cannot be a port is a password.
fn password(word: &str) -> (usize, usize) {
    let end = word.rfind('@');
    let Some(colon) = word[..end.unwrap_or(word.len())].find(':') else { return (0, 0) };
    let start = colon + 1;
    let port = word[start..].split(['/', '?']).next().unwrap_or_default();
    match end {
        Some(at) => (start, at),
        None if port.bytes().all(|byte| byte.is_ascii_digit()) => (0, 0),
        None => (start, word.len()),
    }
}

/// Splits behind the first of the marks that occurs.
fn split_behind<'t>(text: &'t str, marks: &[&str]) -> Option<(&'t str, &'t str)> {
    let ends = marks.iter().filter_map(|mark| text.find(mark).map(|at| at + mark.len()));
    ends.min().map(|end| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_replaced_and_the_rest_stays() {
        for (text, expected) in [
            ("postgres://ana:hunter2@host/db", "postgres://ana:***@host/db"),
            ("connect to 'postgres://ana:hunter2@host/db'.", "connect to 'postgres://ana:***@host/db'."),
            (
                "postgres://a:hunter2@h/d postgres://b:hunter2@h/d",
                "postgres://a:***@h/d postgres://b:***@h/d",
            ),
            ("postgres://ana:hun/ter2@host", "postgres://ana:***@host"),
            ("postgres://ana:hunt@er2@host", "postgres://ana:***@host"),
            ("postgres://:hunter2@host", "postgres://:***@host"),
            ("postgres://h/d?user=a&password=hunter2&x=1", "postgres://h/d?user=a&password=***&x=1"),
            ("the identifier \"postgres://ana:hunter2\" is", "the identifier \"postgres://ana:***\" is"),
            ("postgres://h:5432/d", "postgres://h:5432/d"),
            ("host=h password=hunter2", "host=h password=***"),
            ("postgres://ana@host/db", "postgres://ana@host/db"),
            ("sqlite:/tmp/a.db", "sqlite:/tmp/a.db"),
            ("http://example.org: ana@example.org", "http://example.org: ana@example.org"),
            ("nothing", "nothing"),
            ("", ""),
        ] {
            assert_eq!(redacted(text), expected, "{text}");
        }
    }
}
