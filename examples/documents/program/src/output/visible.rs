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

/// A name in a table: as it is, but for what would turn the line around or hide in it.
pub(crate) fn shown(text: &str) -> String {
    let is_hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !c.is_control() && !is_hidden(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_tamed() {
        assert_eq!(visible("1.005"), "\"1.005\"");
        assert_eq!(visible("a\u{1b}[31m\n\"\u{202e}"), "\"a\\u{1b}[31m\\n\\\"\\u{202e}\"");
        assert_eq!(visible(&"x".repeat(61)), format!("\"{}...\"", "x".repeat(60)));
        assert_eq!(visible(&"x".repeat(60)), format!("\"{}\"", "x".repeat(60)));
    }

    #[test]
    fn a_name_stays_on_its_line() {
        assert_eq!(shown("Škoda\u{202e}\u{1b}"), "Škoda");
        assert_eq!(shown("מכונית"), "מכונית");
    }
}
