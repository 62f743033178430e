//! One import: who names whom, where, and how.

use std::fmt;

use serde::Serialize;

/// An import of one module by another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Edge {
    /// Index of the importing node.
    pub from: usize,
    /// Index of the imported node.
    pub to: usize,
    /// The name that is taken from it, if one is.
    pub item: Option<String>,
    /// How it is named.
    pub kind: EdgeKind,
    /// When the code is compiled.
    pub context: Context,
    /// How far a chain may go on from here.
    pub reach: Reach,
    /// Index of the file.
    pub file: usize,
    /// The line, from 1.
    pub line: u32,
    /// The re-exports through which the name was found, outermost first.
    pub via: Vec<Hop>,
    /// Features under which the code stands.
    pub features: Vec<String>,
    /// It is part of a public signature.
    pub surface: bool,
}

/// A re-export on the way from a name to its definition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Hop {
    /// Index of the re-exporting node.
    pub node: usize,
    /// Index of the file.
    pub file: usize,
    /// The line, from 1.
    pub line: u32,
}

/// How something is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EdgeKind {
    /// `use`.
    Use,
    /// `use ..::*`.
    Glob,
    /// A `use` that others can see.
    ReExport,
    /// `extern crate`.
    ExternCrate,
    /// A path in a body, a type or a signature.
    Path,
    /// `#[derive(..)]`.
    Derive,
    /// Another attribute, or a path in its arguments.
    Attribute,
    /// The call of a macro.
    MacroCall,
    /// A path in the input of a macro.
    MacroInput,
    /// A path in the text of a `macro_rules!`.
    MacroBody,
    /// A macro that is in scope without being imported: `println!`.
    Prelude,
    /// A line of a manifest.
    Dependency,
}

/// When code is compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Context {
    /// As part of a library or program.
    #[default]
    Normal,
    /// For tests, benchmarks and examples only.
    Test,
    /// In a build script.
    Build,
}

/// How far a chain of imports may go on from an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reach {
    /// Both ways.
    Full,
    /// The module is only named: a re-export is taken from it, or it lies around the importing one. What it
    /// imports itself is none of the importer's business.
    NameOnly,
    /// A re-export: nothing in the module itself depends on it.
    Facade,
    /// A line of a manifest: chains of those are chains of crates.
    Crate,
}

impl fmt::Display for EdgeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Use => "use",
            Self::Glob => "glob",
            Self::ReExport => "re-export",
            Self::ExternCrate => "extern crate",
            Self::Path => "path",
            Self::Derive => "derive",
            Self::Attribute => "attribute",
            Self::MacroCall => "macro call",
            Self::MacroInput => "macro input",
            Self::MacroBody => "macro text",
            Self::Prelude => "prelude macro",
            Self::Dependency => "dependency",
        })
    }
}

impl Edge {
    /// Nothing was re-exported on the way.
    #[must_use]
    pub fn is_direct(&self) -> bool {
        self.via.is_empty()
    }
}
