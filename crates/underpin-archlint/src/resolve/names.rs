//! What a name can stand for.

use std::{collections::HashMap, rc::Rc};

use crate::{
    source::{ImportTarget, ItemKind, Place, Space},
    tree::{FileId, ModuleId},
};

/// A word, as an index.
pub(super) type Sym = u32;

/// The names of a module or block, as an index.
pub(super) type TableId = usize;

/// An import, as an index.
pub(super) type ImportId = usize;

/// The names of a module or block.
#[derive(Default)]
pub(super) struct Table {
    pub(super) module: ModuleId,
    /// The table around a block.
    pub(super) around: Option<TableId>,
    pub(super) names: HashMap<Sym, Vec<Binding>>,
    pub(super) globs: Vec<ImportId>,
    /// The variants of the enums here.
    pub(super) variants: HashMap<Sym, Vec<Sym>>,
}

/// One meaning of a name.
#[derive(Clone, Copy)]
pub(super) struct Binding {
    pub(super) what: What,
    pub(super) seen: Seen,
}

/// What a name is bound to.
#[derive(Clone, Copy)]
pub(super) enum What {
    Child(ModuleId),
    /// An item of a module, which is another one than the table's for exported macros.
    Item(ModuleId, ItemKind),
    Import(ImportId),
}

/// From where a binding can be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Everywhere,
    Inside(ModuleId),
}

/// An import, with what it turned out to mean.
pub(super) struct GlobalImport {
    pub(super) table: TableId,
    pub(super) module: ModuleId,
    pub(super) file: FileId,
    pub(super) place: Place,
    pub(super) path: Vec<Sym>,
    pub(super) target: ImportTarget,
    pub(super) seen: Seen,
    /// Others can see it.
    pub(super) exports: bool,
    pub(super) test: bool,
    pub(super) features: u32,
    pub(super) line: u32,
    pub(super) means: Vec<Target>,
    /// It leads out of the workspace, so that nothing more can be found.
    pub(super) settled: bool,
}

/// What something was found to be, and through which re-exports.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) definition: Definition,
    pub(super) via: Option<Rc<Via>>,
}

/// Where something is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Definition {
    Module(ModuleId),
    /// An item; its kind is not known if a macro made it.
    Item(ModuleId, Sym, Option<ItemKind>),
    External(usize),
}

/// A re-export, and those behind it.
pub(super) struct Via {
    pub(super) import: ImportId,
    /// The name under which it was found.
    pub(super) name: Sym,
    pub(super) next: Option<Rc<Via>>,
}

impl Target {
    pub(super) fn plain(definition: Definition) -> Self {
        Self { definition, via: None }
    }

    /// The same, found through one more re-export in front.
    pub(super) fn through(&self, import: ImportId, name: Sym) -> Self {
        let via = Via { import, name, next: self.via.clone() };
        Self { definition: self.definition, via: Some(Rc::new(via)) }
    }

    /// The same, found after other re-exports.
    pub(super) fn after(&self, before: Option<&Rc<Via>>) -> Self {
        match before {
            None => self.clone(),
            Some(before) => {
                let rest = self.after(before.next.as_ref());
                rest.through(before.import, before.name)
            }
        }
    }

    pub(super) fn is_in(&self, space: Space) -> bool {
        match self.definition {
            Definition::Module(_) => matches!(space, Space::Type | Space::Every | Space::Unknown),
            Definition::Item(_, _, Some(kind)) => kind.is_in(space),
            Definition::Item(_, _, None) | Definition::External(_) => true,
        }
    }

    /// The re-exports, outermost first.
    pub(super) fn hops(&self) -> impl Iterator<Item = &Via> {
        std::iter::successors(self.via.as_deref(), |via| via.next.as_deref())
    }
}
