//! One file, one idea: no file has more code lines than can be taken in at a sitting.

use crate::{Finding, Workspace};

/// The most lines of code that a file may have; comments and inline tests are not counted.
const LIMIT: usize = 500;

/// Finds files that are too long.
#[must_use]
pub fn file_length(workspace: &Workspace) -> Vec<Finding> {
    let too_long = |lines: &usize| *lines > LIMIT;
    workspace
        .sources
        .iter()
        .filter_map(|source| Some((source, Some(source.code_lines()).filter(too_long)?)))
        .map(|(source, lines)| {
            let what =
                format!("{lines} lines of code, the limit is {LIMIT}; give each idea a file of its own");
            Finding::of(source.path(), what)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: usize) -> usize {
        let text = format!(
            "//! A.\n\n{}#[cfg(test)]\nmod tests {{\n{}}}\n",
            "a();\n".repeat(code),
            "b();\n".repeat(9)
        );
        file_length(&Workspace::of_files(&[("crates/a/src/lib.rs", &text)])).len()
    }

    #[test]
    fn a_line_over_the_limit_is_found() {
        assert_eq!(found(LIMIT + 1), 1);
    }

    #[test]
    fn tests_and_comments_are_not_counted() {
        assert_eq!(found(LIMIT), 0);
    }
}
