//! Hidden items are a secret interface between our own crates: a handful is the most we allow ourselves.

use crate::{Finding, Workspace, attribute::attributes};

/// The most items with `#[doc(hidden)]` in the whole workspace.
const LIMIT: usize = 10;

/// Finds every hidden item, once there are too many of them.
#[must_use]
pub fn hidden_docs(workspace: &Workspace) -> Vec<Finding> {
    let mut places = Vec::new();
    for source in &workspace.sources {
        for attribute in attributes(source.masked()) {
            if hides(attribute.body) {
                places.push((source, source.line_of(attribute.start)));
            }
        }
    }
    if places.len() <= LIMIT {
        return Vec::new();
    }
    let what =
        format!("one of {} hidden items, the limit is {LIMIT}; make it public or private", places.len());
    places.into_iter().map(|(source, line)| Finding::at(source.path(), line, &what)).collect()
}

fn hides(body: &str) -> bool {
    let body: String = body.split_whitespace().collect();
    let words = body.strip_prefix("doc(").and_then(|rest| rest.strip_suffix(')'));
    words.is_some_and(|words| words.split(',').any(|word| word == "hidden"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(hidden: usize) -> usize {
        let first = "#[doc(hidden)]\npub mod a;\n".repeat(hidden - 1);
        let second =
            "#[doc( inline, hidden )]\npub use b;\n// #[doc(hidden)]\n#[doc = \"hidden\"]\nfn c() {}\n";
        hidden_docs(&Workspace::of_files(&[("a.rs", &first), ("b.rs", second)])).len()
    }

    #[test]
    fn one_too_many_shows_all() {
        assert_eq!(found(LIMIT + 1), LIMIT + 1);
    }

    #[test]
    fn a_few_are_allowed() {
        assert_eq!(found(LIMIT), 0);
    }
}
