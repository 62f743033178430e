//! Foreign text in a table: without anything that a terminal would obey.

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
    fn a_name_stays_on_its_line() {
        assert_eq!(shown("Škoda\u{202e}\u{1b}"), "Škoda");
        assert_eq!(shown("מכונית"), "מכונית");
    }
}
