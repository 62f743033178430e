//! A statement of somebody else as it may be shown: without the values in it, and shortened.

use crate::Dialect;
use crate::script::grammar::Grammar;
use crate::script::lexer::{Kind, Lexer};

/// How many characters are shown.
const SHOWN: usize = 100;

/// The statement on one line, with a question mark for every string and number.
pub(crate) fn masked(query: &str) -> String {
    let mut shown = String::new();
    let mut in_number = false;
    for token in Lexer::new(query, 0, Grammar::of(Dialect::Postgres)) {
        let is_digit = token.text.starts_with(|c: char| c.is_ascii_digit());
        match token.kind {
            Kind::Space | Kind::LineComment | Kind::BlockComment => {
                if !shown.is_empty() && !shown.ends_with(' ') {
                    shown.push(' ');
                }
            }
            Kind::Quoted if token.text.starts_with('"') => shown.push_str(token.text),
            Kind::Quoted | Kind::Unclosed => shown.push('?'),
            // The digits of a number come one by one, what follows the first says nothing.
            _ if in_number && (is_digit || token.text == ".") => continue,
            Kind::Other if is_digit => shown.push('?'),
            // `1e10` is a digit and a word.
            Kind::Word if in_number => continue,
            _ => shown.push_str(token.text),
        }
        in_number = token.kind == Kind::Other && is_digit;
    }
    let shown = shown.trim_end();
    match shown.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} ...", shown.get(..end).unwrap_or_default().trim_end()),
        None => shown.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_shown() {
        let cases = [
            (
                "UPDATE users  SET phone = '+49 30', age = 37\n WHERE id = 12.5",
                "UPDATE users SET phone = ?, age = ? WHERE id = ?",
            ),
            ("SELECT $$secret$$, E'a\\'b', \"Name\", x1 -- note 'a'", "SELECT ?, ?, \"Name\", x1"),
            ("INSERT INTO t VALUES (1e10, 'cut off in the mid", "INSERT INTO t VALUES (?, ?"),
            ("SELECT 1", "SELECT ?"),
        ];
        for (query, expected) in cases {
            assert_eq!(masked(query), expected);
        }
    }

    #[test]
    fn what_is_long_is_cut() {
        let shown = masked(&format!("SELECT {}", "ä, ".repeat(200)));
        assert!(shown.ends_with(" ...") && shown.chars().count() <= SHOWN + 4, "{shown}");
    }
}
