//! Flattens the trees of `use` into their leaves.

use syn::{UseTree, ext::IdentExt as _, spanned::Spanned as _};

/// One leaf: the words of its path, what it binds, and its line.
pub(super) struct Leaf {
    pub(super) words: Vec<String>,
    pub(super) binds: Binds,
    pub(super) line: u32,
}

/// What a leaf brings into scope.
pub(super) enum Binds {
    Name(String),
    Nothing,
    Glob,
}

/// Calls `found` for every leaf.
pub(super) fn flatten(tree: &UseTree, prefix: &mut Vec<String>, found: &mut dyn FnMut(Leaf)) {
    match tree {
        UseTree::Path(path) => {
            prefix.push(path.ident.unraw().to_string());
            flatten(&path.tree, prefix, found);
            prefix.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|item| flatten(item, prefix, found)),
        UseTree::Glob(glob) => found(leaf(prefix.clone(), Binds::Glob, glob.star_token.span())),
        UseTree::Name(name) => {
            let word = name.ident.unraw().to_string();
            let (words, bound) = named(prefix, word);
            found(leaf(words, bound.map_or(Binds::Nothing, Binds::Name), name.ident.span()));
        }
        UseTree::Rename(rename) => {
            let (words, _) = named(prefix, rename.ident.unraw().to_string());
            let bound = rename.rename.unraw().to_string();
            let binds = if bound == "_" { Binds::Nothing } else { Binds::Name(bound) };
            found(leaf(words, binds, rename.ident.span()));
        }
    }
}

/// `a::{self}` is `a`.
fn named(prefix: &[String], word: String) -> (Vec<String>, Option<String>) {
    if word == "self" && !prefix.is_empty() {
        return (prefix.to_vec(), prefix.last().cloned());
    }
    let mut words = prefix.to_vec();
    words.push(word.clone());
    (words, Some(word))
}

fn leaf(words: Vec<String>, binds: Binds, span: proc_macro2::Span) -> Leaf {
    Leaf { words, binds, line: u32::try_from(span.start().line).unwrap_or(u32::MAX) }
}
