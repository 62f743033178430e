//! Text that was read in a file: cut to a length that can be kept, and without what no database and no terminal takes.

/// The text with at most so many characters, in which line ends and tabs are the only control characters.
pub(crate) fn plain(text: &str, most: usize) -> String {
    let is_plain = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(is_plain).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_kept_is_left_out() {
        assert_eq!(plain("a\0b\u{1b}[1m\r\n\tü", 20), "ab[1m\n\tü");
        assert_eq!(plain("üüü", 2), "üü");
    }
}
