//! What can be imported or import.

use serde::Serialize;

/// A crate, a module or a foreign path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Node {
    /// From the crate's root: `finance::domain::ledger`.
    pub path: String,
    /// What it is.
    pub kind: NodeKind,
    /// Compiled for tests only.
    pub test: bool,
    /// Index of its file, if it has one.
    pub file: Option<usize>,
    /// The node around it.
    #[serde(skip)]
    pub(crate) parent: Option<usize>,
    /// One past the last node inside it.
    #[serde(skip)]
    pub(crate) end: usize,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NodeKind {
    /// The root of a target.
    Crate,
    /// A module inside.
    Module,
    /// A path into a crate that is not looked at.
    External,
}
