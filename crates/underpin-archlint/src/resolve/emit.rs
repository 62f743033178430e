//! Turns imports and paths into edges.

use std::collections::{HashMap, HashSet};

use crate::{
    graph::{Context, DraftEdge, DraftHop, EdgeKind, End, Reach},
    source::{ImportTarget, ItemKind, Path, PathKind, Place, Space},
    tree::{FileId, ModuleId},
};

use super::{
    Resolver,
    lookup::Follow,
    names::{Definition, ImportId, Sym, TableId, Target, What},
    prelude,
};

/// Where and how something is named.
#[derive(Clone)]
struct Mention {
    module: ModuleId,
    kind: EdgeKind,
    context: Context,
    reach: Reach,
    file: FileId,
    line: u32,
    features: u32,
    surface: bool,
}

impl Resolver<'_> {
    pub(super) fn emit_imports(&mut self, edges: &mut Vec<DraftEdge>) {
        for id in 0..self.imports.len() {
            let import = &self.imports[id];
            let glob = import.target == ImportTarget::Glob;
            let kind = match import.target {
                _ if import.exports => EdgeKind::ReExport,
                ImportTarget::Glob => EdgeKind::Glob,
                ImportTarget::Crate(_) => EdgeKind::ExternCrate,
                _ => EdgeKind::Use,
            };
            let mention = Mention {
                module: import.module,
                kind,
                context: self.context(import.module, import.test),
                reach: if import.exports { Reach::Facade } else { Reach::Full },
                file: import.file,
                line: import.line,
                features: import.features,
                surface: false,
            };
            let targets = import.means.clone();
            for target in &targets {
                if is_macro_scope(target, id, self) {
                    continue;
                }
                self.edge(&mention, target, edges);
                if let (true, Definition::Module(module)) = (glob, target.definition) {
                    for found in self.traits(module, mention.module) {
                        self.edge(&mention, &found.after(target.via.as_ref()), edges);
                    }
                }
            }
        }
    }

    /// The traits that a glob of a module brings into scope, where they may act without being named.
    fn traits(&self, module: ModuleId, accessor: ModuleId) -> Vec<Target> {
        let mut found = Vec::new();
        let mut visited = HashSet::new();
        let mut waiting = vec![(module, accessor, Target::plain(Definition::Module(module)))];
        while let Some((module, accessor, before)) = waiting.pop() {
            if !visited.insert(module) {
                continue;
            }
            for (name, bindings) in &self.tables[module].names {
                for binding in bindings.iter().filter(|binding| self.sees(accessor, binding.seen)) {
                    if let What::Import(import) = binding.what {
                        let is_trait = |target: &&Target| {
                            matches!(target.definition, Definition::Item(_, _, Some(ItemKind::Trait)))
                        };
                        let means = self.imports[import].means.iter().filter(is_trait);
                        found.extend(means.map(|it| it.through(import, *name).after(before.via.as_ref())));
                    }
                }
            }
            for glob in &self.tables[module].globs {
                let import = &self.imports[*glob];
                if !self.sees(accessor, import.seen) {
                    continue;
                }
                for target in &import.means {
                    if let Definition::Module(inner) = target.definition {
                        let name = self.glob_name();
                        let here = target.through(*glob, name).after(before.via.as_ref());
                        for (name, bindings) in &self.tables[inner].names {
                            for binding in bindings.iter().filter(|it| self.sees(module, it.seen)) {
                                if let What::Item(at, kind @ ItemKind::Trait) = binding.what {
                                    let item = Definition::Item(at, *name, Some(kind));
                                    found.push(Target::plain(item).after(here.via.as_ref()));
                                }
                            }
                        }
                        waiting.push((inner, module, here));
                    }
                }
            }
        }
        found
    }

    fn glob_name(&self) -> Sym {
        self.symbols.find("*").unwrap_or_default()
    }

    pub(super) fn emit_paths(&mut self, edges: &mut Vec<DraftEdge>) {
        for at in 0..self.placed.len() {
            let placed = &self.placed[at];
            let (table, module, file, test) = (placed.table, placed.module, placed.file, placed.test);
            let tree = self.tree;
            let paths = &tree.files[file].facts.scopes[placed.scope as usize].paths;
            let mut quotes: HashMap<u32, bool> = HashMap::new();
            for path in paths {
                if let Some(call) = path.within {
                    let quoted = match quotes.get(&call) {
                        Some(known) => *known,
                        None => {
                            let known = self.is_quotation(table, file, paths.get(call as usize));
                            quotes.insert(call, known);
                            known
                        }
                    };
                    if quoted {
                        continue;
                    }
                }
                self.emit_path(table, module, file, test, path, edges);
            }
        }
    }

    /// `quote!` and its like hold code of somebody else's crate.
    fn is_quotation(&mut self, table: TableId, file: FileId, call: Option<&Path>) -> bool {
        let Some(call) = call else { return false };
        let words: Vec<Sym> = call.path.iter().map(|name| self.sym(file, *name)).collect();
        let follow = Follow { table, place: call.place, path: &words, space: Space::Macro, guess: true };
        let found = self.follow(follow);
        let first = found.targets.first().map(|target| target.definition);
        let path: Vec<String> = match first {
            Some(Definition::External(path)) => {
                self.externals.paths[path].iter().map(|word| self.symbols.get(*word).to_owned()).collect()
            }
            _ => return false,
        };
        let last = path.last().map_or("", String::as_str);
        ["quote", "syn", "proc_macro", "proc_macro2"].contains(&path[0].as_str())
            && ["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"].contains(&last)
    }

    fn emit_path(
        &mut self,
        table: TableId,
        module: ModuleId,
        file: FileId,
        test: bool,
        path: &Path,
        edges: &mut Vec<DraftEdge>,
    ) {
        let words: Vec<Sym> = path.path.iter().map(|name| self.sym(file, *name)).collect();
        let guess = words.len() > 1 || path.place != Place::Here;
        let follow = Follow { table, place: path.place, path: &words, space: path.space, guess };
        let mut found = self.follow(follow);
        let single = words.len() == 1 && path.place == Place::Here;
        if single
            && !path.surface
            && path.kind != PathKind::Derive
            && found.own_import.is_some_and(|import| !self.imports[import].exports)
        {
            // The import itself says so already.
            return;
        }
        let mut kind = kind_of(path.kind);
        if path.space == Space::Unknown {
            // A function beats the module of the same name; macro input does not tell which is meant.
            let value = |target: &Target| target.is_in(Space::Value) && target.is_in(Space::Unknown);
            if found.targets.iter().any(|target| matches!(target.definition, Definition::Item(..))) {
                found.targets.retain(|target| {
                    value(target) || target.is_in(Space::Macro) || target.is_in(Space::Type)
                });
                if found.targets.iter().any(value) {
                    found.targets.retain(|target| !matches!(target.definition, Definition::Module(_)));
                }
            }
        }
        if found.targets.is_empty() && path.kind == PathKind::MacroCall && single {
            let name = words[0];
            found.targets = self.macro_by_name(module, name);
            if found.targets.is_empty() && prelude::is_macro(self.symbols.get(name)) {
                let std = self.symbols.intern("std");
                let definition = Definition::External(self.externals.intern(&[std, name]));
                found.targets.push(Target::plain(definition));
                kind = EdgeKind::Prelude;
            }
        }
        let mention = Mention {
            module,
            kind,
            context: self.context(module, test || path.when.test),
            reach: Reach::Full,
            file,
            line: path.line,
            features: path.when.features,
            surface: path.surface,
        };
        if found.targets.is_empty() && path.kind == PathKind::Derive {
            // Nothing is known of it but its name, which a contract may still forbid.
            let words: Vec<Sym> = words.clone();
            self.unknown_derive(&mention, &words, edges);
        }
        for target in &found.targets {
            self.edge(&mention, target, edges);
        }
    }

    /// Derives of the prelude and those that a macro made.
    fn unknown_derive(&mut self, mention: &Mention, words: &[Sym], edges: &mut Vec<DraftEdge>) {
        let std = self.symbols.intern("std");
        let mut path = vec![std, self.symbols.intern("prelude")];
        path.extend(words);
        let target = Target::plain(Definition::External(self.externals.intern(&path)));
        self.edge(mention, &target, edges);
    }

    /// The `macro_rules!` of a crate that a name can mean: the nearest one around, or else any.
    fn macro_by_name(&self, module: ModuleId, name: Sym) -> Vec<Target> {
        let krate = self.tree.modules[module].krate;
        let Some(modules) = self.macros[krate].get(&name) else { return Vec::new() };
        let around = modules
            .iter()
            .copied()
            .filter(|other| self.tree.is_inside(module, *other))
            .max_by_key(|other| self.tree.path(*other).len());
        let meant: Vec<ModuleId> = around.map_or_else(|| modules.clone(), |module| vec![module]);
        let item = |module: ModuleId| Definition::Item(module, name, Some(ItemKind::Macro));
        meant.into_iter().map(|module| Target::plain(item(module))).collect()
    }

    fn context(&self, module: ModuleId, test: bool) -> Context {
        match self.tree.crates[self.tree.modules[module].krate].context {
            Context::Normal if test => Context::Test,
            other => other,
        }
    }

    /// Draws the edge to a target, and the one to the module that re-exports it.
    fn edge(&self, mention: &Mention, target: &Target, edges: &mut Vec<DraftEdge>) {
        let from = mention.module;
        let hops: Vec<_> = target.hops().skip_while(|via| self.imports[via.import].module == from).collect();
        let tested = target.hops().any(|via| self.imports[via.import].test);
        let context = match mention.context {
            Context::Normal if tested => Context::Test,
            other => other,
        };
        let edge = |to, item, reach, via| DraftEdge {
            from,
            to,
            item,
            kind: mention.kind,
            context,
            reach,
            file: mention.file,
            line: mention.line,
            via,
            features: self.features(mention.file, mention.features),
            surface: mention.surface,
        };
        let word = |name: Sym| self.symbols.get(name).to_owned();
        if let Some(first) = hops.first() {
            let module = self.imports[first.import].module;
            let reach = if mention.reach == Reach::Facade { Reach::Facade } else { Reach::NameOnly };
            edges.push(edge(End::Module(module), Some(word(first.name)), reach, Vec::new()));
        }
        let via = hops
            .iter()
            .map(|via| {
                let import = &self.imports[via.import];
                DraftHop { module: import.module, file: import.file, line: import.line }
            })
            .collect();
        match target.definition {
            Definition::Module(module) if module == from => {}
            Definition::Item(module, ..) if module == from => {}
            Definition::Module(module) => {
                let around = self.tree.is_inside(from, module);
                let reach = match mention.reach {
                    Reach::Full if around => Reach::NameOnly,
                    other => other,
                };
                edges.push(edge(End::Module(module), None, reach, via));
            }
            Definition::Item(module, name, _) => {
                edges.push(edge(End::Module(module), Some(word(name)), mention.reach, via));
            }
            Definition::External(path) => {
                edges.push(edge(End::External(path), None, mention.reach, via));
            }
        }
    }

    fn features(&self, file: FileId, set: u32) -> Vec<String> {
        let facts = self.facts(file);
        let set = facts.feature_sets.get(set as usize).into_iter().flatten();
        set.map(|name| facts.names[*name as usize].clone()).collect()
    }

    pub(super) fn external_paths(&self) -> Vec<String> {
        let word = |name: &Sym| self.symbols.get(*name).to_owned();
        let join = |path: &Vec<Sym>| path.iter().map(word).collect::<Vec<_>>().join("::");
        self.externals.paths.iter().map(join).collect()
    }
}

/// `pub(crate) use name;` after `macro_rules! name` imports from its own module.
fn is_macro_scope(target: &Target, id: ImportId, resolver: &Resolver<'_>) -> bool {
    matches!(target.definition, Definition::Item(module, _, Some(ItemKind::Macro))
        if module == resolver.imports[id].module)
}

fn kind_of(kind: PathKind) -> EdgeKind {
    match kind {
        PathKind::Path => EdgeKind::Path,
        PathKind::MacroInput => EdgeKind::MacroInput,
        PathKind::MacroBody => EdgeKind::MacroBody,
        PathKind::MacroCall => EdgeKind::MacroCall,
        PathKind::Derive => EdgeKind::Derive,
        PathKind::Attribute => EdgeKind::Attribute,
    }
}
