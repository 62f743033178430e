//! Every file opens with a sentence that says what it is.

use crate::{Finding, Source, Workspace};

/// A single word only repeats the file's name.
const FEWEST_WORDS: usize = 2;

/// What stands in a file until somebody says what it is.
const PLACEHOLDER: &str = "To be filled.";

/// Finds files that do not open with `//!` and a sentence.
#[must_use]
pub fn opening(workspace: &Workspace) -> Vec<Finding> {
    workspace
        .sources
        .iter()
        .filter(|source| !is_sentence(&first_paragraph(source)))
        .map(|source| {
            let what = "does not open with `//!` and one sentence that says what the file is";
            Finding::at(source.path(), 1, what)
        })
        .collect()
}

fn first_paragraph(source: &Source) -> String {
    let lines = source.text().lines().map_while(|line| line.strip_prefix("//!"));
    lines.take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_sentence(paragraph: &str) -> bool {
    let ends = paragraph.trim_end_matches(['`', '*', ')']).ends_with(['.', ':', '!', '?']);
    ends && paragraph.split_whitespace().count() >= FEWEST_WORDS && paragraph.trim() != PLACEHOLDER
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> bool {
        !opening(&Workspace::of_files(&[("crates/a/src/lib.rs", text)])).is_empty()
    }

    #[test]
    fn sentences_are_taken() {
        for text in [
            "//! What this file is.\n",
            "//! A sentence\n//! over two lines.\n//!\n//! More\n",
            "//! Run it so: `cargo x`.\n",
        ] {
            assert!(!found(text), "{text:?}");
        }
    }

    #[test]
    fn anything_else_is_found() {
        for text in [
            "",
            "use a;\n",
            "\n//! What this file is.\n",
            "// What this file is.\n",
            "/// What this item is.\n",
            "//!\n//! What this file is.\n",
            "//! What this file is\n",
            "//! Bytes.\n",
            "//! To be filled.\n",
            "#![allow(x)]\n//! What this file is.\n",
        ] {
            assert!(found(text), "{text:?}");
        }
    }
}
