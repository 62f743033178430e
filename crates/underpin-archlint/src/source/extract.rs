//! The state of a walk through one file, and what the walk writes down.

use std::collections::{BTreeSet, HashMap};

use syn::{Attribute, ext::IdentExt as _, visit::Visit};

use super::{
    Condition, Facts, Name, NameTable, Path, PathKind, Place, Scope, ScopeId, Space, Visibility,
    attributes::{self, Switches},
    local_names::LocalNames,
    tokens::Run,
};

/// Walks a syntax tree and collects facts.
#[derive(Default)]
pub(super) struct Extractor {
    names: NameTable,
    feature_sets: Vec<BTreeSet<String>>,
    pub(super) scopes: Vec<Scope>,
    pub(super) templates: Vec<(Name, ScopeId)>,
    pub(super) unread: Vec<(u32, String)>,
    pub(super) scope: ScopeId,
    pub(super) when: Condition,
    pub(super) locals: LocalNames,
    /// In the signature of something public.
    pub(super) surface: bool,
    /// In the input of this macro.
    pub(super) within: Option<u32>,
    /// In the input of any macro, so that a file may be missing.
    pub(super) in_macro: bool,
    seen: HashMap<(ScopeId, Path), u32>,
}

impl Extractor {
    /// The facts of a file of items.
    pub(super) fn file(file: &syn::File) -> Facts {
        Self::walk(&file.attrs, |extractor| {
            extractor.attributes(&file.attrs);
            file.items.iter().for_each(|item| extractor.visit_item(item));
        })
    }

    /// The facts of a file that is included where an expression stands.
    pub(super) fn block(block: &syn::Block) -> Facts {
        Self::walk(&[], |extractor| extractor.visit_block(block))
    }

    fn walk(attributes: &[Attribute], work: impl FnOnce(&mut Self)) -> Facts {
        let mut extractor = Self::default();
        extractor.feature_sets.push(BTreeSet::new());
        extractor.scopes.push(Scope::default());
        extractor.under(attributes, |extractor, _| {
            extractor.scopes[0].when = extractor.when;
            work(extractor);
        });
        extractor.finish()
    }

    fn finish(mut self) -> Facts {
        let sets = std::mem::take(&mut self.feature_sets);
        let sets = sets.iter().map(|set| set.iter().map(|name| self.name(name)).collect()).collect();
        Facts {
            feature_sets: sets,
            scopes: self.scopes,
            templates: self.templates,
            unread: self.unread,
            names: self.names.into_names(),
        }
    }

    pub(super) fn name(&mut self, word: &str) -> Name {
        self.names.intern(word)
    }

    pub(super) fn here(&mut self) -> &mut Scope {
        &mut self.scopes[self.scope as usize]
    }

    /// Does something under the conditions of a list of attributes.
    pub(super) fn under<T>(
        &mut self,
        attributes: &[Attribute],
        work: impl FnOnce(&mut Self, &Switches) -> T,
    ) -> T {
        let switches = attributes::switches(attributes);
        let before = self.when;
        self.when.test |= switches.test;
        if !switches.features.is_empty() {
            let mut set = self.feature_sets[before.features as usize].clone();
            set.extend(switches.features.iter().cloned());
            self.when.features = self.feature_set(set);
        }
        let result = work(self, &switches);
        self.when = before;
        result
    }

    fn feature_set(&mut self, set: BTreeSet<String>) -> u32 {
        let at = self.feature_sets.iter().position(|known| *known == set).unwrap_or_else(|| {
            self.feature_sets.push(set);
            self.feature_sets.len() - 1
        });
        u32::try_from(at).unwrap_or_default()
    }

    /// Does something in a new scope: the block around it, if it is a block.
    pub(super) fn in_scope(&mut self, block: bool, work: impl FnOnce(&mut Self)) -> ScopeId {
        let scope = ScopeId::try_from(self.scopes.len()).unwrap_or(ScopeId::MAX);
        let block_of = block.then_some(self.scope);
        self.scopes.push(Scope { block_of, when: self.when, ..Scope::default() });
        let before = (std::mem::replace(&mut self.scope, scope), self.within.take());
        work(self);
        (self.scope, self.within) = before;
        scope
    }

    /// Does something with names of its own: outer ones are not seen.
    pub(super) fn without_locals(&mut self, work: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.locals);
        work(self);
        self.locals = before;
    }

    /// Does something, then forgets the names that it bound.
    pub(super) fn forgetting(&mut self, work: impl FnOnce(&mut Self)) {
        let mark = self.locals.mark();
        work(self);
        self.locals.back_to(mark);
    }

    /// Does something that is or is not part of a public signature.
    pub(super) fn on_surface(&mut self, surface: bool, work: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.surface, surface);
        work(self);
        self.surface = before;
    }

    pub(super) fn visibility(&mut self, visibility: &syn::Visibility) -> Visibility {
        match visibility {
            syn::Visibility::Public(_) => Visibility::Public,
            syn::Visibility::Inherited => Visibility::Private,
            syn::Visibility::Restricted(restricted) => {
                let words: Vec<String> =
                    restricted.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
                match place(words, false) {
                    Some((Place::Up(levels), _)) => Visibility::Up(levels),
                    Some((_, rest)) => Visibility::In(rest.iter().map(|word| self.name(word)).collect()),
                    None => Visibility::Private,
                }
            }
        }
    }

    /// Writes down the first so many segments of a path.
    pub(super) fn path(&mut self, path: &syn::Path, segments: usize, kind: PathKind, space: Space) {
        let Some(first) = path.segments.first() else { return };
        let words: Vec<String> =
            path.segments.iter().take(segments).map(|segment| segment.ident.unraw().to_string()).collect();
        let line = u32::try_from(first.ident.span().start().line).unwrap_or(u32::MAX);
        self.words(words, path.leading_colon.is_some(), kind, space, line);
    }

    /// Writes down a run of words in the tokens of a macro.
    pub(super) fn run(&mut self, run: Run, kind: PathKind) {
        if run.call {
            self.words(run.words, run.leading, PathKind::MacroCall, Space::Macro, run.line);
        } else if kind != PathKind::MacroBody && kind != PathKind::Attribute
            || run.words.len() > 1
            || run.leading
        {
            self.words(run.words, run.leading, kind, Space::Unknown, run.line);
        }
    }

    /// Writes down a path; returns its index, or nothing for one that leads out of no name of a module.
    pub(super) fn words(
        &mut self,
        words: Vec<String>,
        leading: bool,
        kind: PathKind,
        space: Space,
        line: u32,
    ) -> Option<u32> {
        let (place, rest) = place(words, leading)?;
        if place == Place::Here {
            let first = rest.first()?;
            let single = rest.len() == 1;
            let value = single && matches!(space, Space::Value | Space::Unknown);
            let ty = !single || matches!(space, Space::Type | Space::Unknown);
            if (value && self.locals.has_value(first)) || (ty && self.locals.has_type(first)) {
                return None;
            }
            if single && is_keyword(first) {
                return None;
            }
        }
        let path = rest.iter().map(|word| self.name(word)).collect();
        let mut path = Path {
            place,
            path,
            kind,
            space,
            when: self.when,
            surface: self.surface,
            within: self.within,
            line: 0,
        };
        let key = (self.scope, path.clone());
        if let Some(known) = self.seen.get(&key) {
            return Some(*known);
        }
        path.line = line;
        let paths = &mut self.here().paths;
        let index = u32::try_from(paths.len()).ok()?;
        paths.push(path);
        self.seen.insert(key, index);
        Some(index)
    }
}

/// Splits off where a path starts. `Self` leads to no module.
pub(super) fn place(mut words: Vec<String>, leading: bool) -> Option<(Place, Vec<String>)> {
    if leading && words.first().is_some_and(|first| first != "crate") {
        return Some((Place::Extern, words));
    }
    let place = match words.first()?.as_str() {
        "Self" => return None,
        "crate" | "$crate" => {
            words.remove(0);
            Place::Root
        }
        "self" | "super" => {
            let own = usize::from(words[0] == "self");
            let up = words[own..].iter().take_while(|word| *word == "super").count();
            if own == 1 && words.len() == 1 {
                // The receiver of a method, more often than the module.
                return None;
            }
            words.drain(..own + up);
            Place::Up(u32::try_from(up).ok()?)
        }
        _ => Place::Here,
    };
    Some((place, words))
}

fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 42] = [
        "Self", "_", "as", "async", "await", "bool", "break", "char", "const", "continue", "dyn", "else",
        "enum", "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
        "mut", "pub", "ref", "return", "self", "static", "str", "struct", "super", "trait", "true", "type",
        "unsafe", "use", "usize", "where", "while",
    ];
    KEYWORDS.contains(&word)
}
