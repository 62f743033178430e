//! Finds out what names mean, and draws the graph of who names whom.

mod dependencies;
mod emit;
mod imports;
mod lookup;
mod names;
mod prelude;
mod symbols;
mod tables;

use std::collections::HashMap;

use crate::{
    graph::{Draft, DraftEdge, Graph},
    source::{Facts, Name},
    tree::{CrateId, FileId, ModuleId, Tree},
    workspace::{Workspace, underscored},
};

use names::{Definition, GlobalImport, ImportId, Sym, Table, TableId};
use symbols::Symbols;

/// Everything that is known while names are looked up.
struct Resolver<'a> {
    workspace: &'a Workspace,
    tree: &'a Tree,
    symbols: Symbols,
    /// For each file, its words as symbols.
    words: Vec<Vec<Sym>>,
    /// The first are those of the modules, by index; those of blocks follow.
    tables: Vec<Table>,
    imports: Vec<GlobalImport>,
    /// `extern crate` at a crate's root, which is seen everywhere in the crate.
    extern_crates: Vec<HashMap<Sym, ImportId>>,
    /// `macro_rules!` of a crate, by name.
    macros: Vec<HashMap<Sym, Vec<ModuleId>>>,
    /// Which scopes of files are which tables.
    placed: Vec<Placed>,
    externals: Externals,
    /// Foreign crates by crate and name, for they are asked for again and again.
    foreign: HashMap<(CrateId, Sym), Option<Definition>>,
}

/// A scope of a file, where it is mounted.
struct Placed {
    table: TableId,
    module: ModuleId,
    file: FileId,
    scope: u32,
    test: bool,
}

/// Foreign paths, each once.
#[derive(Default)]
struct Externals {
    paths: Vec<Vec<Sym>>,
    index: HashMap<Vec<Sym>, usize>,
}

impl Externals {
    fn intern(&mut self, path: &[Sym]) -> usize {
        if let Some(known) = self.index.get(path) {
            return *known;
        }
        self.paths.push(path.to_vec());
        self.index.insert(path.to_vec(), self.paths.len() - 1);
        self.paths.len() - 1
    }
}

impl Resolver<'_> {
    fn facts(&self, file: FileId) -> &Facts {
        &self.tree.files[file].facts
    }

    fn sym(&self, file: FileId, name: Name) -> Sym {
        self.words[file][name as usize]
    }
}

/// The graph of a workspace whose files have been read.
pub(crate) fn resolve(workspace: &Workspace, mut tree: Tree) -> Graph {
    let mut resolver = tables::build(workspace, &tree);
    resolver.resolve_imports();
    let mut edges: Vec<DraftEdge> = Vec::new();
    resolver.emit_imports(&mut edges);
    resolver.emit_paths(&mut edges);
    let files = resolver.emit_dependencies(&mut edges);
    let externals = resolver.external_paths();
    let modules = (0..tree.modules.len())
        .map(|id| {
            let module = &tree.modules[id];
            let file = module.parts.first().map(|part| part.file);
            (tree.path(id), module.parent.is_none(), module.test, file)
        })
        .collect();
    let mut names: Vec<String> = tree.files.iter().map(|file| file.name.clone()).collect();
    names.extend(files);
    let mut unread = std::mem::take(&mut tree.unread);
    unread.sort();
    unread.dedup();
    let known_externals = known_externals(workspace);
    Draft { modules, externals, edges, files: names, known_externals, unread, lines: tree.lines }.finish()
}

/// Crates that some member declares, and those that come with the compiler.
fn known_externals(workspace: &Workspace) -> Vec<String> {
    let mut known: Vec<String> = prelude::BUILT_IN_CRATES.iter().map(|name| (*name).to_owned()).collect();
    for dependency in workspace.packages.iter().flat_map(|package| &package.dependencies) {
        known.push(underscored(&dependency.package));
        known.push(dependency.name.clone());
    }
    known.sort();
    known.dedup();
    known
}
