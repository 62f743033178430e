//! What attributes say about when code is compiled, where its file is, and what it derives.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token, punctuated::Punctuated};

/// The conditions and switches that a list of attributes sets.
#[derive(Debug, Default)]
pub(super) struct Switches {
    /// Compiled for tests only.
    pub(super) test: bool,
    /// Features that are asked for.
    pub(super) features: BTreeSet<String>,
    /// Some other `cfg` stands there.
    pub(super) gated: bool,
    /// Files of `#[path]`.
    pub(super) files: Vec<String>,
    /// One of them is unconditional.
    pub(super) moved: bool,
    pub(super) macro_export: bool,
}

/// Reads the switches of a list of attributes.
pub(super) fn switches(attributes: &[Attribute]) -> Switches {
    let mut switches = Switches::default();
    for attribute in attributes {
        read(&attribute.meta, false, &mut switches);
    }
    switches
}

fn read(meta: &Meta, conditional: bool, switches: &mut Switches) {
    let path = meta.path();
    if path.is_ident("cfg") {
        for asked in list(meta) {
            switches.test |= implies_test(&asked);
            features(&asked, &mut switches.features);
            switches.gated |= !implies_test(&asked);
        }
    } else if path.is_ident("cfg_attr") {
        for inner in list(meta).iter().skip(1) {
            read(inner, true, switches);
        }
    } else if path.is_ident("path") {
        if let Some(file) = text(meta) {
            switches.files.push(file);
            switches.moved |= !conditional;
        }
    } else if path.is_ident("macro_export") {
        switches.macro_export = true;
    } else if matches!(path.segments.last(), Some(last) if last.ident == "test" || last.ident == "bench") {
        switches.test = true;
    }
}

/// The metas of `name(a, b)`; none where they are no metas.
pub(super) fn list(meta: &Meta) -> Vec<Meta> {
    let Meta::List(list) = meta else { return Vec::new() };
    list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .map(|metas| metas.into_iter().collect())
        .unwrap_or_default()
}

/// The text of `name = "text"`.
pub(super) fn text(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether code under this condition is compiled for tests only.
fn implies_test(asked: &Meta) -> bool {
    let path = asked.path();
    if path.is_ident("test") {
        return true;
    }
    let inner = list(asked);
    if path.is_ident("all") {
        inner.iter().any(implies_test)
    } else if path.is_ident("any") {
        !inner.is_empty() && inner.iter().all(implies_test)
    } else {
        false
    }
}

/// The features that a condition asks for, those under `not` left out.
fn features(asked: &Meta, found: &mut BTreeSet<String>) {
    if asked.path().is_ident("feature") {
        found.extend(text(asked));
    } else if asked.path().is_ident("all") || asked.path().is_ident("any") {
        for inner in list(asked) {
            features(&inner, found);
        }
    }
}

/// Calls `found` with every attribute that applies under some condition, `cfg_attr` unwrapped, and whether
/// it applies to tests only.
pub(super) fn unwrapped(attributes: &[Attribute], found: &mut dyn FnMut(&Meta, bool)) {
    fn unwrap(meta: &Meta, test: bool, found: &mut dyn FnMut(&Meta, bool)) {
        if meta.path().is_ident("cfg_attr") {
            let inner = list(meta);
            let test = test || inner.first().is_some_and(implies_test);
            inner.iter().skip(1).for_each(|inner| unwrap(inner, test, found));
        } else {
            found(meta, test);
        }
    }
    attributes.iter().for_each(|attribute| unwrap(&attribute.meta, false, found));
}

/// Attributes of the language and its tools: neither they nor their arguments name a module.
pub(super) fn is_built_in(meta: &Meta) -> bool {
    const BUILT_IN: [&str; 44] = [
        "allow",
        "allow_internal_unstable",
        "automatically_derived",
        "cfg",
        "cold",
        "crate_name",
        "crate_type",
        "default",
        "deny",
        "deprecated",
        "diagnostic",
        "doc",
        "expect",
        "export_name",
        "feature",
        "forbid",
        "global_allocator",
        "ignore",
        "inline",
        "link",
        "link_name",
        "link_section",
        "macro_export",
        "macro_use",
        "must_use",
        "naked",
        "no_link",
        "no_main",
        "no_mangle",
        "no_std",
        "non_exhaustive",
        "path",
        "proc_macro",
        "proc_macro_attribute",
        "proc_macro_derive",
        "recursion_limit",
        "repr",
        "rustfmt",
        "should_panic",
        "target_feature",
        "test",
        "track_caller",
        "used",
        "warn",
    ];
    let Some(first) = meta.path().segments.first() else { return true };
    BUILT_IN.iter().any(|name| first.ident == name)
        || ["clippy", "rustfmt", "rustdoc", "miri", "rustc", "diagnostic"]
            .iter()
            .any(|tool| first.ident == tool)
        || first.ident == "unsafe"
}

/// Texts in an attribute's arguments that read as a path: `with = "crate::codec"`.
pub(super) fn paths_in_texts(tokens: &TokenStream, found: &mut dyn FnMut(&str, u32)) {
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => paths_in_texts(&group.stream(), found),
            TokenTree::Literal(literal) => {
                let line = u32::try_from(literal.span().start().line).unwrap_or(u32::MAX);
                if let Lit::Str(text) = Lit::new(literal) {
                    let text = text.value();
                    if is_path(&text) {
                        found(&text, line);
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_path(text: &str) -> bool {
    text.contains("::")
        && text.trim_start_matches("::").split("::").all(|word| {
            let mut characters = word.chars();
            characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
                && characters.all(|other| other.is_alphanumeric() || other == '_')
        })
}
