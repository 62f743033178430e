//! Paths with `*` for one segment and `**` for any number of them.

use std::fmt;

/// A path, perhaps with wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    segments: Vec<String>,
    /// The whole of it, if it has no wildcard.
    plain: Option<String>,
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        let segments: Vec<String> =
            text.trim().split("::").map(|segment| segment.trim().to_owned()).collect();
        let plain = segments.iter().all(|segment| !segment.contains('*')).then(|| segments.join("::"));
        Self { segments, plain }
    }

    /// Whether it names just one path.
    pub(crate) fn is_plain(&self) -> bool {
        self.plain.is_some()
    }

    /// The first segment, if it is no wildcard.
    pub(crate) fn first(&self) -> Option<&str> {
        self.segments.first().filter(|segment| !segment.contains('*')).map(String::as_str)
    }

    /// Whether the whole path fits.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let words: Vec<&str> = path.split("::").collect();
        fits(&self.segments, &words)
    }

    /// Whether the path or one around it fits; how many segments did.
    pub(crate) fn covers(&self, path: &str) -> Option<usize> {
        if let Some(plain) = &self.plain {
            let rest = path.strip_prefix(plain.as_str())?;
            return (rest.is_empty() || rest.starts_with("::")).then_some(self.segments.len());
        }
        let words: Vec<&str> = path.split("::").collect();
        (1..=words.len()).find(|length| fits(&self.segments, &words[..*length]))
    }
}

fn fits(pattern: &[String], words: &[&str]) -> bool {
    match pattern.split_first() {
        None => words.is_empty(),
        Some((first, rest)) if first == "**" => (0..=words.len()).any(|taken| fits(rest, &words[taken..])),
        Some((first, rest)) => words
            .split_first()
            .is_some_and(|(word, words)| (first == "*" || first == word) && fits(rest, words)),
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segments.join("::"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_star_is_one_segment() {
        let pattern = Pattern::new("*::adapters::*");
        assert!(pattern.matches("a::adapters::b"));
        assert!(!pattern.matches("a::adapters"));
        assert!(!pattern.matches("a::adapters::b::c"));
        assert_eq!(pattern.covers("a::adapters::b::c"), Some(3));
    }

    #[test]
    fn two_stars_are_any_number() {
        let pattern = Pattern::new("a::**::b");
        assert!(pattern.matches("a::b") && pattern.matches("a::x::y::b"));
        assert!(!pattern.matches("b"));
    }
}
