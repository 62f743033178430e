//! One Rust file: its path, its text, and its code without comments and tests.

use crate::{
    attribute::{attributes, head},
    mask::mask,
};

/// A Rust file of the workspace.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    masked: String,
}

impl Source {
    /// Takes a file; the path is relative to the root of the workspace and uses `/`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { path: path.into(), masked: mask(&text), text }
    }

    /// The path below the root of the workspace.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text as it stands.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text with comments blanked and literals covered.
    #[must_use]
    pub fn masked(&self) -> &str {
        &self.masked
    }

    /// Lines that are neither blank nor comment, up to the first inline test module.
    #[must_use]
    pub fn code_lines(&self) -> usize {
        let end = attributes(&self.masked)
            .iter()
            .find(|attribute| is_inline_test_module(attribute.body, attribute.item))
            .map_or(self.masked.len(), |attribute| attribute.start);
        self.masked[..end].lines().filter(|line| !line.trim().is_empty()).count()
    }

    /// The line of a byte, counted from 1.
    #[must_use]
    pub fn line_of(&self, byte: usize) -> usize {
        1 + self.masked.bytes().take(byte).filter(|byte| *byte == b'\n').count()
    }
}

fn is_inline_test_module(body: &str, item: &str) -> bool {
    let body: String = body.split_whitespace().collect();
    body == "cfg(test)" && matches!(head(item)[..], ["mod", _, "{"])
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn count(text: &str) -> usize {
        Source::new("a.rs", text).code_lines()
    }

    #[test]
    fn blank_lines_and_comments_do_not_count() {
        assert_eq!(count("//! a\n\n/// b\nfn c() {\n    // d\n    /* e\n f */ g();\n}\n"), 3);
    }

    #[test]
    fn lines_of_a_string_count() {
        assert_eq!(count("const A: &str = \"\nSELECT 1\n\n-- no\n// yes\n\";"), 5);
    }

    #[test]
    fn an_inline_test_module_ends_the_count() {
        assert_eq!(count("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n"), 1);
        assert_eq!(count("fn a() {}\n#[cfg(test)]\n#[allow(x)]\npub(crate) mod tests\n{\n}\n"), 1);
    }

    #[test]
    fn other_test_items_do_not_end_it() {
        assert_eq!(count("#[cfg(test)]\nmod tests;\nfn a() {}\n"), 3);
        assert_eq!(count("#[cfg(test)]\nuse b;\nfn a() {}\n"), 3);
        assert_eq!(count("// #[cfg(test)] mod tests {\nfn a() {}\n"), 1);
    }

    #[test]
    fn lines_count_from_one() {
        let source = Source::new("a.rs", "a\nb\nc");
        assert_eq!((source.line_of(0), source.line_of(2), source.line_of(4)), (1, 2, 3));
    }
}
