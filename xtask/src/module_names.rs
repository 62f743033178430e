//! A module is named for its idea; names that fit anything attract anything.

use crate::{Finding, Source, Workspace};

const NAMES: [&str; 5] = ["util", "utils", "common", "helpers", "misc"];

/// Finds files, folders and inline modules with a name that says nothing.
#[must_use]
pub fn module_names(workspace: &Workspace) -> Vec<Finding> {
    workspace.sources.iter().flat_map(|source| of_path(source).into_iter().chain(of_code(source))).collect()
}

fn is_vague(name: &str) -> bool {
    NAMES.contains(&name)
}

fn of_path(source: &Source) -> Option<Finding> {
    let name = source
        .path()
        .split('/')
        .map(|part| part.strip_suffix(".rs").unwrap_or(part))
        .find(|n| is_vague(n))?;
    Some(Finding::of(source.path(), format!("a module is named `{name}`; name it for what it does")))
}

/// Modules that are written inside a file; a declared one has a file, which is found by its path.
fn of_code(source: &Source) -> Vec<Finding> {
    let code = source.masked();
    code.match_indices("mod ")
        .filter(|(at, _)| !code[..*at].ends_with(is_word))
        .filter_map(|(at, found)| Some((at, inline_name(&code[at + found.len()..])?)))
        .filter(|(_, name)| is_vague(name))
        .map(|(at, name)| {
            let what = format!("a module is named `{name}`; name it for what it does");
            Finding::at(source.path(), source.line_of(at), what)
        })
        .collect()
}

/// `name {`
fn inline_name(code: &str) -> Option<&str> {
    let name = code[..code.find('{')?].trim();
    name.chars().all(is_word).then_some(name)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        module_names(&Workspace::of_files(&[(path, text)])).len()
    }

    #[test]
    fn files_and_folders_are_found() {
        for name in NAMES {
            assert_eq!(found(&format!("crates/a/src/{name}.rs"), ""), 1, "{name}");
            assert_eq!(found(&format!("crates/a/tests/{name}/mod.rs"), ""), 1, "{name}");
            assert_eq!(found(&format!("crates/a/src/{name}/parse.rs"), ""), 1, "{name}");
        }
    }

    #[test]
    fn inline_modules_are_found() {
        assert_eq!(found("crates/a/src/lib.rs", "mod a {}\npub mod helpers {\n}\n"), 1);
    }

    #[test]
    fn other_names_and_words_are_not() {
        assert_eq!(
            found("crates/a/src/common_table.rs", "// mod util {}\nlet common = \"mod misc {\";\n"),
            0
        );
        assert_eq!(found("crates/a/src/utility.rs", "mod utility {}\nfn f(modulus: u8) { mod_ util }\n"), 0);
    }
}
