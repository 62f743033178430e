//! Mounts files as modules, following declarations, `#[path]` and `include!`.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    Problem,
    graph::Context,
    source::{Facts, ModuleDeclaration, ScopeId},
    workspace::{Target, TargetKind, Workspace},
};

use super::{
    Crate, CrateId, FileId, Module, ModuleId, Part, Tree, Unread, Wanted,
    load::shown,
    locate::{Folders, normal},
};

/// A file that waits to be mounted.
struct Pending {
    module: ModuleId,
    path: PathBuf,
    owns_folder: bool,
    test: bool,
    included: bool,
    /// The files around it, to notice circles.
    within: Vec<PathBuf>,
}

/// The tree while it grows.
pub(super) struct Mounting<'a> {
    workspace: &'a Workspace,
    pub(super) tree: Tree,
    pub(super) problems: Vec<Problem>,
    /// Files that could not be read, so that none is tried twice.
    pub(super) broken: HashSet<PathBuf>,
    pending: Vec<Pending>,
    /// Bodies of macros that declare modules, by crate and name.
    templates: HashMap<(CrateId, String), Vec<(FileId, ScopeId)>>,
    /// Calls of macros where items stand, by the same.
    calls: HashMap<(CrateId, String), Vec<Call>>,
}

/// A call of a macro, with all that its body needs to be mounted there.
struct Call {
    module: ModuleId,
    path: PathBuf,
    test: bool,
    folders: Folders,
    within: Vec<PathBuf>,
}

/// A scope of a file, in the module in which it is mounted.
struct Spot<'a> {
    module: ModuleId,
    file: FileId,
    path: &'a Path,
    test: bool,
    folders: Folders,
    within: &'a [PathBuf],
}

impl<'a> Mounting<'a> {
    pub(super) fn new(workspace: &'a Workspace) -> Self {
        let (tree, problems, broken, pending) = Default::default();
        let (templates, calls) = Default::default();
        Self { workspace, tree, problems, broken, pending, templates, calls }
    }

    /// Adds the root of a target.
    pub(super) fn root(&mut self, package: usize, target: &Target, name: &str, context: Context) {
        let krate = self.tree.crates.len();
        let test = context == Context::Test;
        let root = self.module(name.to_owned(), krate, None, test);
        self.tree.crates.push(Crate {
            package,
            root,
            edition: target.edition,
            context,
            is_library: target.kind == TargetKind::Library,
            is_build_script: target.kind == TargetKind::Build,
        });
        self.pending.push(Pending {
            module: root,
            path: target.source.clone(),
            owns_folder: true,
            test,
            included: false,
            within: Vec::new(),
        });
    }

    fn module(&mut self, name: String, krate: CrateId, parent: Option<ModuleId>, test: bool) -> ModuleId {
        let id = self.tree.modules.len();
        let children = Vec::new();
        self.tree.modules.push(Module { name, krate, parent, children, parts: Vec::new(), test });
        if let Some(parent) = parent {
            self.tree.modules[parent].children.push(id);
        }
        id
    }

    /// Mounts every file that has been read; returns those that are still wanted.
    pub(super) fn advance(&mut self, files: &HashMap<PathBuf, FileId>) -> BTreeSet<Wanted> {
        let mut waiting = Vec::new();
        while let Some(pending) = self.pending.pop() {
            if let Some(file) = files.get(&pending.path) {
                self.mount(&pending, *file);
            } else if !self.broken.contains(&pending.path) {
                waiting.push(pending);
            }
        }
        self.pending = waiting;
        self.pending
            .iter()
            .map(|pending| Wanted { path: pending.path.clone(), included: pending.included })
            .collect()
    }

    fn mount(&mut self, pending: &Pending, file: FileId) {
        let facts = Arc::clone(&self.tree.files[file].facts);
        for (line, what) in &facts.unread {
            let file = self.tree.files[file].name.clone();
            self.tree.unread.push(Unread { file, line: *line, what: what.clone() });
        }
        let mut within = pending.within.clone();
        within.push(pending.path.clone());
        let spot = Spot {
            module: pending.module,
            file,
            path: &pending.path,
            test: pending.test,
            folders: Folders::of_file(&pending.path, pending.owns_folder),
            within: &within,
        };
        self.scope(&spot, &facts, 0);
        let krate = self.tree.modules[pending.module].krate;
        for (name, body) in &facts.templates {
            let key = (krate, facts.names[*name as usize].clone());
            for call in self.calls.remove(&key).unwrap_or_default() {
                self.expand(&call, file, *body);
                self.calls.entry(key.clone()).or_default().push(call);
            }
            self.templates.entry(key).or_default().push((file, *body));
        }
    }

    fn scope(&mut self, spot: &Spot<'_>, facts: &Facts, scope: ScopeId) {
        let Some(body) = facts.scopes.get(scope as usize) else { return };
        let test = spot.test || body.when.test;
        let module = &mut self.tree.modules[spot.module];
        module.parts.push(Part { file: spot.file, scope, test });
        if module.parts.len() == 1 {
            module.test |= test;
        } else {
            module.test &= test;
        }
        self.children(spot, facts, scope);
    }

    fn children(&mut self, spot: &Spot<'_>, facts: &Facts, scope: ScopeId) {
        let Some(body) = facts.scopes.get(scope as usize) else { return };
        let test = spot.test || body.when.test;
        for include in &body.includes {
            let path = normal(&spot.path.parent().unwrap_or(Path::new("")).join(&include.file));
            self.expect(spot, spot.module, (path, true), test || include.when.test, true, include.line);
        }
        for declaration in &body.modules {
            let name = &facts.names[declaration.name as usize];
            let module = self.child(spot.module, name, test || declaration.when.test);
            let test = test || declaration.when.test;
            match declaration.body {
                Some(inner) => {
                    let moved = declaration.files.first().map(String::as_str);
                    let folders = spot.folders.of_inline(name, moved);
                    self.scope(&Spot { module, test, folders, ..*spot }, facts, inner);
                }
                None => self.files(spot, module, name, declaration, test),
            }
        }
        for (name, when) in &body.calls {
            let key = (self.tree.modules[spot.module].krate, facts.names[*name as usize].clone());
            let call = Call {
                module: spot.module,
                path: spot.path.to_path_buf(),
                test: test || when.test,
                folders: spot.folders.clone(),
                within: spot.within.to_vec(),
            };
            for (file, body) in self.templates.get(&key).cloned().unwrap_or_default() {
                self.expand(&call, file, body);
            }
            self.calls.entry(key).or_default().push(call);
        }
        // Blocks declare modules of their own, rarely; they count as children of the module around.
        for (block, inner) in facts.scopes.iter().enumerate() {
            if inner.block_of == Some(scope) {
                self.children(spot, facts, ScopeId::try_from(block).unwrap_or(ScopeId::MAX));
            }
        }
    }

    /// Mounts the body of a macro where it is called. A macro that calls itself is expanded once.
    fn expand(&mut self, call: &Call, file: FileId, body: ScopeId) {
        let parts = &self.tree.modules[call.module].parts;
        if parts.iter().any(|part| part.file == file && part.scope == body) {
            return;
        }
        let facts = Arc::clone(&self.tree.files[file].facts);
        let (module, test) = (call.module, call.test);
        let (path, folders, within) = (&*call.path, call.folders.clone(), &*call.within);
        self.scope(&Spot { module, file, path, test, folders, within }, &facts, body);
    }

    fn child(&mut self, parent: ModuleId, name: &str, test: bool) -> ModuleId {
        let known = self.tree.modules[parent]
            .children
            .iter()
            .copied()
            .find(|child| self.tree.modules[*child].name == name);
        let krate = self.tree.modules[parent].krate;
        known.unwrap_or_else(|| self.module(name.to_owned(), krate, Some(parent), test))
    }

    /// Looks for the files of `mod name;`.
    fn files(
        &mut self,
        spot: &Spot<'_>,
        module: ModuleId,
        name: &str,
        declaration: &ModuleDeclaration,
        test: bool,
    ) {
        let mut found = Vec::new();
        for file in &declaration.files {
            found.push((normal(&spot.folders.moved.join(file)), true));
        }
        if !declaration.moved {
            found.extend(spot.folders.usual(name));
            found.retain(|(path, _)| path.is_file());
        }
        let line = declaration.line;
        for place in &found {
            if declaration.gated && !place.0.is_file() {
                let what = format!("module `{name}` is under a condition and has no file");
                self.note(spot, line, what);
            } else {
                self.expect(spot, module, place.clone(), test, false, line);
            }
        }
        if found.is_empty() {
            let what = format!("module `{name}` has no file");
            if declaration.gated {
                self.note(spot, line, what + " and is under a condition");
            } else {
                let [(first, _), (second, _)] = spot.folders.usual(name);
                let root = &self.workspace.root;
                let hint = format!("write {} or {}", shown(root, &first), shown(root, &second));
                let problem = Problem::new(what, hint);
                self.problems.push(problem.in_file(shown(root, spot.path)).at_line(line));
            }
        }
    }

    fn note(&mut self, spot: &Spot<'_>, line: u32, what: String) {
        let file = shown(&self.workspace.root, spot.path);
        self.tree.unread.push(Unread { file, line, what });
    }

    fn expect(
        &mut self,
        spot: &Spot<'_>,
        module: ModuleId,
        (path, owns_folder): (PathBuf, bool),
        test: bool,
        included: bool,
        line: u32,
    ) {
        let root = &self.workspace.root;
        if spot.within.contains(&path) {
            let what = format!("mounts {} inside itself", shown(root, &path));
            let problem = Problem::new(what, "the compiler refuses this too; take one of the two out");
            self.problems.push(problem.in_file(shown(root, spot.path)).at_line(line));
        } else {
            let within = spot.within.to_vec();
            self.pending.push(Pending { module, path, owns_folder, test, included, within });
        }
    }
}
