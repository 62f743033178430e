//! Foreign text in a message: short, on one line, and without anything that a terminal would obey.

/// The most characters of foreign text that a message repeats.
const LONGEST: usize = 60;

/// The text in quotes, shortened, with control characters written out.
pub(crate) fn visible(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push_str("...");
    }
    format!("\"{shown}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_tamed() {
        assert_eq!(visible("ana@b"), "\"ana@b\"");
        assert_eq!(visible("a\u{1b}[31m\n\"\u{202e}"), "\"a\\u{1b}[31m\\n\\\"\\u{202e}\"");
        assert_eq!(visible(&"x".repeat(61)), format!("\"{}...\"", "x".repeat(60)));
        assert_eq!(visible(&"x".repeat(60)), format!("\"{}\"", "x".repeat(60)));
    }
}
