//! Derives stay thin: behaviour belongs in ordinary code, which can be read, tested and stepped through.

use crate::{Finding, Workspace};

/// Where the macros are.
const FOLDER: &str = "crates/underpin-macros/src/";

/// The most lines of code of all their files together.
const LIMIT: usize = 600;

/// Finds that the macros have outgrown their budget.
#[must_use]
pub fn macro_budget(workspace: &Workspace) -> Vec<Finding> {
    let files: Vec<_> = workspace.sources.iter().filter(|source| source.path().starts_with(FOLDER)).collect();
    if files.is_empty() {
        return vec![Finding::of(FOLDER, "no file found; if the macros have moved, say where in this rule")];
    }
    let lines: usize = files.iter().map(|source| source.code_lines()).sum();
    if lines <= LIMIT {
        return Vec::new();
    }
    let what =
        format!("{lines} lines of code, the limit is {LIMIT}; let the macro emit data and a crate act on it");
    vec![Finding::of(FOLDER, what)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(first: usize, second: usize) -> usize {
        let (first, second) = ("a();\n".repeat(first), "b();\n".repeat(second));
        macro_budget(&Workspace::of_files(&[
            ("crates/underpin-macros/src/lib.rs", &first),
            ("crates/underpin-macros/src/parse.rs", &second),
            ("crates/underpin-macros/tests/derive.rs", &first),
            ("crates/underpin-core/src/lib.rs", &first),
        ]))
        .len()
    }

    #[test]
    fn the_files_are_summed() {
        assert_eq!(found(LIMIT - 1, 2), 1);
        assert_eq!(found(LIMIT - 1, 1), 0);
    }

    #[test]
    fn no_macros_is_a_finding() {
        assert_eq!(macro_budget(&Workspace::of_files(&[("crates/underpin-core/src/lib.rs", "")])).len(), 1);
    }
}
