//! The facts of one file, small and serialisable, so that an unchanged file need not be parsed again.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// A word of the file, as an index into its table.
pub(crate) type Name = u32;

/// A scope of the file, as an index.
pub(crate) type ScopeId = u32;

/// All that a file says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// The words; everything else refers to them by index.
    pub names: Vec<String>,
    /// Sets of features that code stands under; the first is empty.
    pub feature_sets: Vec<Vec<Name>>,
    /// Scope 0 is the file's own module; the others are inline modules and blocks with items of their own.
    pub scopes: Vec<Scope>,
    /// Bodies of `macro_rules!` that declare modules, by the macro's name: scopes that stand where it is called.
    pub templates: Vec<(Name, ScopeId)>,
    /// What could not be followed, with its line.
    pub unread: Vec<(u32, String)>,
}

/// A module's body or a block that declares items.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Scope {
    /// The scope around a block; modules do not look into the one around them.
    pub block_of: Option<ScopeId>,
    /// Whether all of it is compiled for tests only.
    pub when: Condition,
    pub modules: Vec<ModuleDeclaration>,
    pub items: Vec<Item>,
    pub imports: Vec<Import>,
    pub paths: Vec<Path>,
    pub includes: Vec<Include>,
    /// Macros that are called where items stand.
    pub calls: Vec<(Name, Condition)>,
}

/// When code is compiled, as far as it matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Condition {
    /// For tests only.
    pub test: bool,
    /// Index into `feature_sets`.
    pub features: u32,
}

/// `mod name;` or `mod name { .. }`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ModuleDeclaration {
    pub name: Name,
    pub line: u32,
    pub visibility: Visibility,
    pub when: Condition,
    /// Some condition other than `test` stands before it, so that its file may be missing.
    pub gated: bool,
    /// Files that `#[path]` names, also inside `cfg_attr`.
    pub files: Vec<String>,
    /// A plain `#[path]` is among them, so that the usual place does not count.
    pub moved: bool,
    /// The body of an inline module.
    pub body: Option<ScopeId>,
}

/// Who may name an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Visibility {
    Private,
    Public,
    /// The module and how many levels up: `pub(super)` is 1.
    Up(u32),
    /// From the crate's root, by path: `pub(crate)` is an empty one.
    In(Vec<Name>),
}

/// Something with a name that other modules can refer to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Item {
    pub name: Name,
    pub kind: ItemKind,
    pub visibility: Visibility,
    pub when: Condition,
    /// The variants of an enum.
    pub variants: Vec<Name>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum ItemKind {
    /// A type without a constructor of the same name: enum, alias, union, struct with named fields.
    Type,
    /// An enum, whose variants can be imported.
    Enum,
    Trait,
    /// A struct whose name is a value too.
    Constructor,
    Value,
    /// `macro_rules!` that is visible to the code after it only.
    Macro,
    /// `macro_rules!` under `#[macro_export]`, which stands at the crate's root.
    ExportedMacro,
}

/// The namespaces of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Space {
    Type,
    Value,
    Macro,
    /// A `use`: every namespace at once.
    Every,
    /// Macro input: whichever fits.
    Unknown,
}

impl ItemKind {
    /// Whether the item can be found in a namespace.
    pub(crate) fn is_in(self, space: Space) -> bool {
        match space {
            Space::Every | Space::Unknown => true,
            Space::Type => {
                matches!(self, Self::Type | Self::Enum | Self::Trait | Self::Constructor)
            }
            Space::Value => matches!(self, Self::Value | Self::Constructor),
            Space::Macro => matches!(self, Self::Macro | Self::ExportedMacro),
        }
    }
}

/// Where a path starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Place {
    /// With a name in scope.
    Here,
    /// `crate` and `$crate`.
    Root,
    /// `self`, and so many times `super`.
    Up(u32),
    /// `::name`.
    Extern,
}

/// One leaf of a `use` tree, or an `extern crate`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Import {
    pub place: Place,
    pub path: Vec<Name>,
    pub target: ImportTarget,
    pub visibility: Visibility,
    pub when: Condition,
    pub line: u32,
}

/// What a leaf binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ImportTarget {
    Name(Name),
    /// `as _`.
    Nothing,
    Glob,
    /// `extern crate name`, under this name.
    Crate(Name),
}

/// A path that is named anywhere but in a `use`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Path {
    pub place: Place,
    pub path: Vec<Name>,
    pub kind: PathKind,
    pub space: Space,
    pub when: Condition,
    /// It stands in the signature of something `pub`.
    pub surface: bool,
    /// The macro in whose input it stands, as an index into the scope's paths.
    pub within: Option<u32>,
    pub line: u32,
}

/// How a path is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum PathKind {
    Path,
    MacroInput,
    MacroBody,
    MacroCall,
    Derive,
    Attribute,
}

/// `include!("file")`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Include {
    pub file: String,
    pub line: u32,
    pub when: Condition,
}

/// Gives each word of a file its index.
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    names: Vec<String>,
    index: HashMap<String, Name>,
}

impl NameTable {
    pub(crate) fn intern(&mut self, word: &str) -> Name {
        if let Some(name) = self.index.get(word) {
            return *name;
        }
        let name = Name::try_from(self.names.len()).unwrap_or(Name::MAX);
        self.names.push(word.to_owned());
        self.index.insert(word.to_owned(), name);
        name
    }

    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }
}
