//! Writes down which names each module and block binds.

use std::collections::HashMap;

use crate::{
    source::{Import, ImportTarget, ItemKind, Place, ScopeId, Visibility},
    tree::{FileId, ModuleId, Part, Tree},
    workspace::Workspace,
};

use super::{
    Externals, Placed, Resolver,
    names::{Binding, GlobalImport, Seen, Sym, Table, TableId, What},
    symbols::Symbols,
};

/// A scope that is being written down.
#[derive(Clone, Copy)]
struct Spot {
    table: TableId,
    module: ModuleId,
    file: FileId,
    test: bool,
}

/// A resolver that knows every binding and not yet what imports mean.
pub(super) fn build<'a>(workspace: &'a Workspace, tree: &'a Tree) -> Resolver<'a> {
    let mut symbols = Symbols::default();
    let words = tree
        .files
        .iter()
        .map(|file| file.facts.names.iter().map(|word| symbols.intern(word)).collect())
        .collect();
    let tables = (0..tree.modules.len()).map(|module| Table { module, ..Table::default() }).collect();
    let mut resolver = Resolver {
        workspace,
        tree,
        symbols,
        words,
        tables,
        imports: Vec::new(),
        extern_crates: vec![HashMap::new(); tree.crates.len()],
        macros: vec![HashMap::new(); tree.crates.len()],
        placed: Vec::new(),
        externals: Externals::default(),
        foreign: HashMap::new(),
    };
    let blocks: Vec<HashMap<ScopeId, Vec<ScopeId>>> =
        tree.files.iter().map(|file| blocks(&file.facts.scopes)).collect();
    for (id, module) in tree.modules.iter().enumerate() {
        for part in &module.parts {
            resolver.part(id, *part, &blocks[part.file]);
        }
    }
    resolver
}

/// The blocks directly inside each scope.
fn blocks(scopes: &[crate::source::Scope]) -> HashMap<ScopeId, Vec<ScopeId>> {
    let mut blocks: HashMap<ScopeId, Vec<ScopeId>> = HashMap::new();
    for (block, scope) in scopes.iter().enumerate() {
        if let Some(around) = scope.block_of {
            blocks.entry(around).or_default().push(ScopeId::try_from(block).unwrap_or(ScopeId::MAX));
        }
    }
    blocks
}

impl Resolver<'_> {
    fn part(&mut self, module: ModuleId, part: Part, blocks: &HashMap<ScopeId, Vec<ScopeId>>) {
        let spot = Spot { table: module, module, file: part.file, test: part.test };
        self.scope(spot, part.scope, blocks);
    }

    fn scope(&mut self, spot: Spot, scope: ScopeId, blocks: &HashMap<ScopeId, Vec<ScopeId>>) {
        let tree = self.tree;
        let Some(body) = tree.files[spot.file].facts.scopes.get(scope as usize) else { return };
        let spot = Spot { test: spot.test || body.when.test, ..spot };
        self.placed.push(Placed {
            table: spot.table,
            module: spot.module,
            file: spot.file,
            scope,
            test: spot.test,
        });
        for declaration in &body.modules {
            let name = self.sym(spot.file, declaration.name);
            let word = &tree.files[spot.file].facts.names[declaration.name as usize];
            let children = &tree.modules[spot.module].children;
            let child = children.iter().find(|child| tree.modules[**child].name == *word);
            if let Some(child) = child {
                let what = What::Child(*child);
                self.bind(spot, name, what, &declaration.visibility);
            }
        }
        for item in &body.items {
            let name = self.sym(spot.file, item.name);
            let what = What::Item(spot.module, item.kind);
            self.bind(spot, name, what, &item.visibility);
            if matches!(item.kind, ItemKind::Macro | ItemKind::ExportedMacro) {
                let krate = tree.modules[spot.module].krate;
                self.macros[krate].entry(name).or_default().push(spot.module);
                if item.kind == ItemKind::ExportedMacro {
                    let root = tree.crates[krate].root;
                    let binding = Binding { what, seen: Seen::Everywhere };
                    self.tables[root].names.entry(name).or_default().push(binding);
                }
            }
            if !item.variants.is_empty() {
                let variants: Vec<Sym> =
                    item.variants.iter().map(|variant| self.sym(spot.file, *variant)).collect();
                // Of the module, so that an enum of a block is found by its definition too.
                self.tables[spot.module].variants.entry(name).or_default().extend(variants);
            }
        }
        for import in &body.imports {
            self.import(spot, import);
        }
        for block in blocks.get(&scope).into_iter().flatten() {
            let table = self.tables.len();
            self.tables.push(Table { module: spot.module, around: Some(spot.table), ..Table::default() });
            self.scope(Spot { table, ..spot }, *block, blocks);
        }
    }

    fn bind(&mut self, spot: Spot, name: Sym, what: What, visibility: &Visibility) {
        let seen = self.seen(spot, visibility);
        self.tables[spot.table].names.entry(name).or_default().push(Binding { what, seen });
    }

    fn import(&mut self, spot: Spot, import: &Import) {
        let id = self.imports.len();
        let seen = self.seen(spot, &import.visibility);
        let path: Vec<Sym> = import.path.iter().map(|name| self.sym(spot.file, *name)).collect();
        let krate = self.tree.modules[spot.module].krate;
        match import.target {
            ImportTarget::Name(name) | ImportTarget::Crate(name) => {
                let name = self.sym(spot.file, name);
                let binding = Binding { what: What::Import(id), seen };
                self.tables[spot.table].names.entry(name).or_default().push(binding);
                let at_root = self.tree.crates[krate].root == spot.module;
                if at_root && matches!(import.target, ImportTarget::Crate(_)) {
                    self.extern_crates[krate].insert(name, id);
                }
            }
            ImportTarget::Glob => self.tables[spot.table].globs.push(id),
            ImportTarget::Nothing => {}
        }
        // In the edition of 2015 the paths of `use` begin at the root.
        let old = self.tree.crates[krate].edition < 2018 && matches!(import.place, Place::Here);
        self.imports.push(GlobalImport {
            table: spot.table,
            module: spot.module,
            file: spot.file,
            place: if old { Place::Extern } else { import.place },
            path,
            target: import.target,
            seen,
            exports: import.visibility != Visibility::Private,
            test: spot.test || import.when.test,
            features: import.when.features,
            line: import.line,
            means: Vec::new(),
            settled: false,
        });
    }

    fn seen(&self, spot: Spot, visibility: &Visibility) -> Seen {
        let tree = self.tree;
        match visibility {
            Visibility::Public => Seen::Everywhere,
            Visibility::Private => Seen::Inside(spot.module),
            Visibility::Up(levels) => {
                let up = |module: ModuleId| tree.modules[module].parent.unwrap_or(module);
                Seen::Inside((0..*levels).fold(spot.module, |module, _| up(module)))
            }
            Visibility::In(path) => {
                let root = tree.crates[tree.modules[spot.module].krate].root;
                let step = |module: ModuleId, name: &u32| {
                    let word = &tree.files[spot.file].facts.names[*name as usize];
                    let children = &tree.modules[module].children;
                    children
                        .iter()
                        .copied()
                        .find(|child| tree.modules[*child].name == *word)
                        .unwrap_or(module)
                };
                Seen::Inside(path.iter().fold(root, step))
            }
        }
    }
}
