//! Looks a name up, and follows a path.

use crate::{
    source::{ItemKind, Place, Space},
    tree::{CrateId, ModuleId},
    workspace::{DependencyKind, underscored},
};

use super::{
    Resolver,
    names::{Binding, Definition, ImportId, Seen, Sym, TableId, Target, What},
    prelude,
};

/// What was found. While imports are being resolved, more may come.
#[derive(Default)]
pub(super) struct Found {
    pub(super) targets: Vec<Target>,
    /// The name is bound by an import whose meaning is not known yet.
    pub(super) pending: bool,
    /// The path begins with an import of this very module.
    pub(super) own_import: Option<ImportId>,
}

/// How to follow a path.
#[derive(Clone, Copy)]
pub(super) struct Follow<'a> {
    pub(super) table: TableId,
    pub(super) place: Place,
    pub(super) path: &'a [Sym],
    pub(super) space: Space,
    /// A name that is bound nowhere counts as an item of the module that should have it: a macro made it.
    pub(super) guess: bool,
}

impl Found {
    fn add(&mut self, target: Target) {
        if !self.targets.iter().any(|known| known.definition == target.definition) {
            self.targets.push(target);
        }
    }

    fn is_empty(&self) -> bool {
        self.targets.is_empty() && !self.pending
    }
}

impl Resolver<'_> {
    /// Follows a path to what it names.
    pub(super) fn follow(&mut self, follow: Follow<'_>) -> Found {
        let Follow { table, place, path, space, guess } = follow;
        let module = self.tables[table].module;
        let krate = self.tree.modules[module].krate;
        let first_space = if path.len() == 1 { space } else { Space::Type };
        let (start, rest) = match place {
            Place::Root => (found_module(self.tree.crates[krate].root), path),
            Place::Up(levels) => {
                let up = |module: ModuleId| self.tree.modules[module].parent.unwrap_or(module);
                (found_module((0..levels).fold(module, |module, _| up(module))), path)
            }
            Place::Here | Place::Extern => {
                let Some((first, rest)) = path.split_first() else { return Found::default() };
                let itself = match place {
                    Place::Here if !rest.is_empty() => self.crate_of_itself(table, *first),
                    _ => None,
                };
                let found = match (place, itself) {
                    (_, Some(definition)) => {
                        let targets = vec![Target::plain(definition)];
                        Found { targets, own_import: self.own_import(table, *first), pending: false }
                    }
                    (Place::Here, None) => self.in_scope(table, *first, first_space),
                    _ => self.outside(krate, module, *first, first_space),
                };
                (found, rest)
            }
        };
        let mut found = start;
        for (at, name) in rest.iter().enumerate() {
            let space = if at + 1 == rest.len() { space } else { Space::Type };
            let mut next = Found { own_import: found.own_import, ..Found::default() };
            next.pending = found.pending;
            for target in &found.targets {
                self.step(target, *name, space, module, guess, &mut next);
            }
            found = next;
        }
        found
    }

    fn step(
        &mut self,
        target: &Target,
        name: Sym,
        space: Space,
        accessor: ModuleId,
        guess: bool,
        next: &mut Found,
    ) {
        match target.definition {
            Definition::Module(module) => {
                let mut inner = Found::default();
                self.look_in(module, name, space, accessor, true, &mut Vec::new(), &mut inner);
                next.pending |= inner.pending;
                if inner.is_empty() && guess {
                    let made = Definition::Item(module, name, None);
                    inner.add(Target::plain(made));
                }
                for found in inner.targets {
                    next.add(found.after(target.via.as_ref()));
                }
            }
            Definition::Item(..) => next.add(target.clone()),
            Definition::External(path) => {
                let mut words = self.externals.paths[path].clone();
                words.push(name);
                let definition = Definition::External(self.externals.intern(&words));
                next.add(Target { definition, via: target.via.clone() });
            }
        }
    }

    /// `use quote::quote;` binds a macro; in front of `::` the name is the crate's still.
    fn crate_of_itself(&mut self, table: TableId, name: Sym) -> Option<Definition> {
        let module = self.tables[table].module;
        let mut at = Some(table);
        while let Some(here) = at {
            if let Some(bindings) = self.tables[here].names.get(&name) {
                let itself = bindings.iter().all(|binding| match binding.what {
                    What::Import(import) => self.imports[import].path.first() == Some(&name),
                    _ => false,
                });
                let krate = self.tree.modules[module].krate;
                return if itself { self.foreign_crate(krate, name) } else { None };
            }
            at = self.tables[here].around;
        }
        None
    }

    /// A name as code in a scope sees it.
    fn in_scope(&mut self, table: TableId, name: Sym, space: Space) -> Found {
        let module = self.tables[table].module;
        let mut at = Some(table);
        while let Some(here) = at {
            let mut found = Found::default();
            self.look_in(here, name, space, module, true, &mut Vec::new(), &mut found);
            if !found.is_empty() {
                found.own_import = self.own_import(here, name);
                return found;
            }
            at = self.tables[here].around;
        }
        let krate = self.tree.modules[module].krate;
        self.beyond(krate, name, space)
    }

    /// The import of a scope itself that binds a name.
    fn own_import(&self, table: TableId, name: Sym) -> Option<ImportId> {
        let bindings = self.tables[table].names.get(&name)?;
        bindings.iter().find_map(|binding| match binding.what {
            What::Import(import) => Some(import),
            _ => None,
        })
    }

    /// `::name`: a foreign crate, or in the edition of 2015 a name of the root.
    fn outside(&mut self, krate: CrateId, accessor: ModuleId, name: Sym, space: Space) -> Found {
        if self.tree.crates[krate].edition < 2018 {
            let mut found = Found::default();
            let root = self.tree.crates[krate].root;
            self.look_in(root, name, space, accessor, true, &mut Vec::new(), &mut found);
            if !found.is_empty() {
                return found;
            }
        }
        self.beyond(krate, name, space)
    }

    /// A name that no module binds: a foreign crate.
    fn beyond(&mut self, krate: CrateId, name: Sym, space: Space) -> Found {
        let mut found = Found::default();
        if matches!(space, Space::Value | Space::Macro) {
            return found;
        }
        if let Some(import) = self.extern_crates[krate].get(&name) {
            found.pending = self.imports[*import].means.is_empty();
            found.targets.clone_from(&self.imports[*import].means);
            return found;
        }
        if let Some(definition) = self.foreign_crate(krate, name) {
            found.add(Target::plain(definition));
        }
        found
    }

    /// The crate of this name, if it is declared or comes with the compiler.
    pub(super) fn foreign_crate(&mut self, krate: CrateId, name: Sym) -> Option<Definition> {
        if let Some(known) = self.foreign.get(&(krate, name)) {
            return *known;
        }
        let found = self.find_foreign_crate(krate, name);
        self.foreign.insert((krate, name), found);
        found
    }

    fn find_foreign_crate(&mut self, krate: CrateId, name: Sym) -> Option<Definition> {
        let word = self.symbols.get(name).to_owned();
        if prelude::is_built_in(&word) || word == "alloc" {
            // Also if a manifest calls something else so, as crates below the standard library do.
            return Some(self.external(&word));
        }
        let own = &self.tree.crates[krate];
        let package = &self.workspace.packages[own.package];
        let builds = own.is_build_script;
        let dependency = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.name == word)
            .find(|dependency| (dependency.kind == DependencyKind::Build) == builds)
            .or_else(|| package.dependencies.iter().find(|dependency| dependency.name == word));
        if let Some(dependency) = dependency {
            let name = underscored(&dependency.package);
            return Some(match self.library_of(&dependency.package) {
                Some(root) => Definition::Module(root),
                None => self.external(&name),
            });
        }
        // By the name of a library that differs from its package's, or the package's own library.
        for (id, other) in self.tree.crates.iter().enumerate() {
            let same = other.package == own.package && id != krate;
            let declared = package
                .dependencies
                .iter()
                .any(|dependency| dependency.package == self.workspace.packages[other.package].name);
            if other.is_library && (same || declared) && self.tree.modules[other.root].name == word {
                return Some(Definition::Module(other.root));
            }
        }
        None
    }

    pub(super) fn external(&mut self, name: &str) -> Definition {
        let name = self.symbols.intern(name);
        Definition::External(self.externals.intern(&[name]))
    }

    /// The root of a member's library.
    pub(super) fn library_of(&self, package: &str) -> Option<ModuleId> {
        self.tree
            .crates
            .iter()
            .find(|krate| krate.is_library && self.workspace.packages[krate.package].name == package)
            .map(|krate| krate.root)
    }

    /// A name in one table: what is bound there, or else what globs bring.
    #[allow(clippy::too_many_arguments, reason = "a recursion's state, in one place")]
    pub(super) fn look_in(
        &self,
        table: TableId,
        name: Sym,
        space: Space,
        accessor: ModuleId,
        by_name: bool,
        visited: &mut Vec<TableId>,
        found: &mut Found,
    ) {
        visited.push(table);
        let here = &self.tables[table];
        let own = here.module == accessor;
        let mut bound = false;
        for binding in here.names.get(&name).into_iter().flatten() {
            if !by_name && !self.sees(accessor, binding.seen) {
                continue;
            }
            bound |= self.binding(binding, name, space, own, by_name, found);
        }
        if bound {
            return;
        }
        for glob in &here.globs {
            let import = &self.imports[*glob];
            if !own && !self.sees(accessor, import.seen) {
                continue;
            }
            for target in &import.means {
                let mut inner = Found::default();
                match target.definition {
                    Definition::Module(module) if !visited.contains(&module) => {
                        self.look_in(module, name, space, here.module, false, visited, &mut inner);
                    }
                    Definition::Item(module, item, _) => {
                        let variants = self.tables[module].variants.get(&item);
                        if variants.is_some_and(|variants| variants.contains(&name)) {
                            let variant = Definition::Item(module, name, Some(ItemKind::Constructor));
                            inner.add(Target::plain(variant));
                        }
                    }
                    _ => {}
                }
                found.pending |= inner.pending;
                for target in inner.targets.iter().map(|inner| inner.after(target.via.as_ref())) {
                    found.add(if own { target } else { target.through(*glob, name) });
                }
            }
        }
    }

    /// Takes one binding; says whether it hides what globs bring.
    fn binding(
        &self,
        binding: &Binding,
        name: Sym,
        space: Space,
        own: bool,
        by_name: bool,
        found: &mut Found,
    ) -> bool {
        match binding.what {
            What::Child(module) => {
                let target = Target::plain(Definition::Module(module));
                let fits = target.is_in(space);
                if fits {
                    found.add(target);
                }
                fits
            }
            What::Item(module, kind) => {
                let fits = kind.is_in(space) && (by_name || kind != ItemKind::Macro);
                if fits {
                    found.add(Target::plain(Definition::Item(module, name, Some(kind))));
                }
                fits
            }
            What::Import(import) => {
                let means = &self.imports[import].means;
                found.pending |= means.is_empty();
                let mut fits = means.is_empty();
                for target in means.iter().filter(|target| target.is_in(space)) {
                    found.add(if own { target.clone() } else { target.through(import, name) });
                    fits = true;
                }
                fits
            }
        }
    }

    /// Whether code of a module can see a binding.
    pub(super) fn sees(&self, accessor: ModuleId, seen: Seen) -> bool {
        match seen {
            Seen::Everywhere => true,
            Seen::Inside(module) => self.tree.is_inside(accessor, module),
        }
    }
}

fn found_module(module: ModuleId) -> Found {
    Found { targets: vec![Target::plain(Definition::Module(module))], pending: false, own_import: None }
}
