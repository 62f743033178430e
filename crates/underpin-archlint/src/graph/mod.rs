//! The import graph: modules, foreign paths, and who names whom.

mod build;
mod chain;
mod cycles;
mod edge;
mod node;
mod pattern;
mod reach;

use std::{collections::HashMap, ops::Range};

use serde::Serialize;

use crate::tree::Unread;

pub(crate) use build::{Draft, DraftEdge, DraftHop, End};
pub(crate) use chain::{Chain, Step};
pub(crate) use cycles::{components, feedback};
pub use edge::{Context, Edge, EdgeKind, Hop, Reach};
pub use node::{Node, NodeKind};
pub(crate) use pattern::Pattern;
pub(crate) use reach::Search;

/// Index of a node.
pub(crate) type NodeId = usize;

/// Index of an edge.
pub(crate) type EdgeId = usize;

/// Modules and the imports between them. Nodes stand in the order of their paths, so that a module is
/// followed by all that is inside it.
#[derive(Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Graph {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) files: Vec<String>,
    #[serde(skip)]
    pub(crate) by_path: HashMap<String, NodeId>,
    #[serde(skip)]
    pub(crate) outgoing: Vec<Vec<EdgeId>>,
    #[serde(skip)]
    pub(crate) incoming: Vec<Vec<EdgeId>>,
    /// Crates that may be named though nothing names them yet.
    #[serde(skip)]
    pub(crate) known_externals: Vec<String>,
    #[serde(skip)]
    pub(crate) unread: Vec<Unread>,
    #[serde(skip)]
    pub(crate) lines: usize,
}

impl Graph {
    /// The modules and foreign paths, ordered by path.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The imports.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The files to which nodes and edges refer.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    pub(crate) fn find(&self, path: &str) -> Option<NodeId> {
        self.by_path.get(path).copied()
    }

    /// A node and all that is inside it.
    pub(crate) fn subtree(&self, node: NodeId) -> Range<NodeId> {
        node..self.nodes[node].end
    }

    /// The modules directly inside a module.
    pub(crate) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.nodes[node].end;
        let mut next = node + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.nodes[child].end;
                child
            })
        })
    }

    /// The roots of the crates that are looked at.
    pub(crate) fn crates(&self) -> impl Iterator<Item = NodeId> + '_ {
        (0..self.nodes.len()).filter(|node| self.nodes[*node].kind == NodeKind::Crate)
    }

    /// The modules of the workspace, external paths left out.
    pub(crate) fn modules(&self) -> impl Iterator<Item = NodeId> + '_ {
        (0..self.nodes.len()).filter(|node| self.nodes[*node].kind != NodeKind::External)
    }
}
