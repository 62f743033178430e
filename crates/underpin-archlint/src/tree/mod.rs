//! The modules of a workspace, read from the files in which they stand.

mod cache;
mod load;
mod locate;
mod mount;

use std::{path::PathBuf, sync::Arc};

use crate::{
    graph::Context,
    source::{Facts, ScopeId},
};

pub(crate) use cache::Cache;
pub(crate) use load::load;

/// Index of a module.
pub(crate) type ModuleId = usize;

/// Index of a file.
pub(crate) type FileId = usize;

/// Index of a crate.
pub(crate) type CrateId = usize;

/// Every module of every target.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub crates: Vec<Crate>,
    pub modules: Vec<Module>,
    pub files: Vec<SourceFile>,
    /// What could not be followed.
    pub unread: Vec<Unread>,
    /// How many lines were looked at.
    pub lines: usize,
}

/// One target.
#[derive(Debug)]
pub(crate) struct Crate {
    /// Index of its package in the workspace.
    pub package: usize,
    pub root: ModuleId,
    pub edition: u16,
    pub context: Context,
    pub is_library: bool,
    pub is_build_script: bool,
}

/// A module, which may have several bodies under different conditions.
#[derive(Debug)]
pub(crate) struct Module {
    pub name: String,
    pub krate: CrateId,
    pub parent: Option<ModuleId>,
    pub children: Vec<ModuleId>,
    pub parts: Vec<Part>,
    /// Every part of it is compiled for tests only.
    pub test: bool,
}

/// One body of a module.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub file: FileId,
    pub scope: ScopeId,
    /// Compiled for tests only, by its own conditions or those of modules around it.
    pub test: bool,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Relative to the workspace where that is possible, with `/`.
    pub name: String,
    pub facts: Arc<Facts>,
}

/// Something that was not analysed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unread {
    pub file: String,
    pub line: u32,
    pub what: String,
}

impl Tree {
    /// The path of a module from its crate's root.
    pub(crate) fn path(&self, module: ModuleId) -> String {
        let module = &self.modules[module];
        match module.parent {
            Some(parent) => format!("{}::{}", self.path(parent), module.name),
            None => module.name.clone(),
        }
    }

    /// Whether one module is another or stands inside it.
    pub(crate) fn is_inside(&self, module: ModuleId, ancestor: ModuleId) -> bool {
        let mut at = Some(module);
        while let Some(here) = at {
            if here == ancestor {
                return true;
            }
            at = self.modules[here].parent;
        }
        false
    }
}

/// A file to read: its path, and whether it is included rather than mounted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wanted {
    pub path: PathBuf,
    pub included: bool,
}
