//! What may be the name of a revision or of a branch.

use super::error::Fault;

/// Characters that targets and lists are made of, and those that would have to be escaped somewhere.
const FORBIDDEN: &[char] = &['@', '-', '+', ':', ',', '\'', '"', '\\', ';'];

/// Words that mean something else where a revision can be named.
const RESERVED: [&str; 5] = ["head", "heads", "base", "current", "none"];

/// Says why a text cannot be an identifier.
pub(crate) fn problem(text: &str) -> Option<String> {
    if text.is_empty() {
        Some("an identifier is empty".to_owned())
    } else if RESERVED.contains(&text) {
        Some(format!("`{text}` has a meaning of its own and cannot name a revision"))
    } else {
        let bad = |c: char| FORBIDDEN.contains(&c) || c.is_whitespace() || c.is_control();
        text.chars().find(|c| bad(*c)).map(|c| format!("the identifier {text:?} contains {c:?}"))
    }
}

/// Checks an identifier of a file's header.
pub(crate) fn check(text: &str, line: usize) -> Result<String, Fault> {
    match problem(text) {
        None => Ok(text.to_owned()),
        Some(problem) => Err(Fault::new(line, problem, "use letters, digits, underscores and dots")),
    }
}
