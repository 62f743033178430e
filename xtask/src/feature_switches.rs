//! A feature switches modules, not lines: `cfg(feature …)` stands on `mod name;` and `use` alone.

use crate::{
    Finding, Source, Workspace,
    attribute::{attributes, balanced, head},
};

/// Finds features that are asked for anywhere else.
#[must_use]
pub fn feature_switches(workspace: &Workspace) -> Vec<Finding> {
    let finding = |source: &Source, at| {
        let what =
            "a feature is asked for outside of a `mod name;` or `use` line; switch between twin modules";
        Finding::at(source.path(), source.line_of(at), what)
    };
    workspace
        .sources
        .iter()
        .flat_map(|source| places(source.masked()).into_iter().map(move |at| finding(source, at)))
        .collect()
}

fn places(code: &str) -> Vec<usize> {
    let on_others = attributes(code)
        .into_iter()
        .filter(|attribute| attribute.body.trim_start().starts_with("cfg") && names_feature(attribute.body))
        .filter(|attribute| !matches!(head(attribute.item)[..], ["mod", _, ";"] | ["use", ..]))
        .map(|attribute| attribute.start);
    let in_expressions = code
        .match_indices("cfg!")
        .filter(|(at, found)| {
            balanced(&code[at + found.len()..], '(', ')').is_some_and(|(asked, _)| names_feature(asked))
        })
        .map(|(at, _)| at);
    let mut places: Vec<usize> = on_others.chain(in_expressions).collect();
    places.sort_unstable();
    places
}

/// `feature = "…"`, however deep in `all`, `any` and `not`.
fn names_feature(asked: &str) -> bool {
    asked.match_indices("feature").any(|(at, found)| asked[at + found.len()..].trim_start().starts_with('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        feature_switches(&Workspace::of_files(&[("crates/a/src/lib.rs", text)])).len()
    }

    #[test]
    fn lines_that_name_a_module_may_be_switched() {
        for text in [
            "#[cfg(feature = \"a\")]\nmod a;\n",
            "#[cfg(not(feature = \"a\"))]\n#[path = \"b.rs\"]\npub(crate) mod a;\n",
            "#[cfg(all(test, feature = \"a\"))]\nuse b;\n",
            "#[cfg(feature = \"a\")]\npub use a::{B, C};\n",
            "#[cfg(test)]\nfn a() {}\n",
            "// #[cfg(feature = \"a\")] fn a() {}\n",
            "let a = \"cfg!(feature = a)\";\n",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
    }

    #[test]
    fn other_lines_may_not() {
        for text in [
            "#[cfg(feature = \"a\")]\nfn a() {}\n",
            "#[cfg(feature = \"a\")]\nimpl A for B {}\n",
            "#[cfg(feature = \"a\")]\nmod a { fn b() {} }\n",
            "enum A {\n    #[cfg(any(unix, feature=\"a\"))]\n    B,\n}\n",
            "#![cfg(feature = \"a\")]\nfn a() {}\n",
            "#[cfg_attr(feature = \"a\", derive(B))]\nstruct A;\n",
            "fn a() -> bool { cfg!(feature = \"a\") }\n",
            "#[cfg(feature = \"a\")]\n#[inline]\npub(crate) fn a() {}\n",
        ] {
            assert_eq!(found(text), 1, "{text}");
        }
    }

    #[test]
    fn the_line_is_told() {
        let workspace = Workspace::of_files(&[("a.rs", "//! A.\n\n#[cfg(feature = \"a\")]\nfn a() {}\n")]);
        assert_eq!(feature_switches(&workspace)[0].line(), Some(3));
    }
}
