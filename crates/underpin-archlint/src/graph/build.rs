//! Puts nodes into the order of their paths and joins edges that say the same.

use std::collections::{BTreeMap, HashMap};

use crate::tree::Unread;

use super::{Context, Edge, EdgeKind, Graph, Hop, Node, NodeKind, Reach};

/// A graph before its nodes have their places.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// Modules: path, whether root of a crate, whether for tests only, file.
    pub modules: Vec<(String, bool, bool, Option<usize>)>,
    /// Foreign paths.
    pub externals: Vec<String>,
    pub edges: Vec<DraftEdge>,
    pub files: Vec<String>,
    pub known_externals: Vec<String>,
    pub unread: Vec<Unread>,
    pub lines: usize,
}

/// An end of an edge: a module or a foreign path, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum End {
    Module(usize),
    External(usize),
}

/// An edge between ends.
#[derive(Clone, Debug)]
pub(crate) struct DraftEdge {
    pub from: usize,
    pub to: End,
    pub item: Option<String>,
    pub kind: EdgeKind,
    pub context: Context,
    pub reach: Reach,
    pub file: usize,
    pub line: u32,
    pub via: Vec<DraftHop>,
    pub features: Vec<String>,
    pub surface: bool,
}

/// A re-export, by module.
#[derive(Clone, Debug)]
pub(crate) struct DraftHop {
    pub module: usize,
    pub file: usize,
    pub line: u32,
}

impl Draft {
    /// Gives the nodes their places.
    pub(crate) fn finish(self) -> Graph {
        let mut paths: BTreeMap<Vec<&str>, Node> = BTreeMap::new();
        let node = |path: &str, kind, test, file| Node {
            path: path.to_owned(),
            kind,
            test,
            file,
            parent: None,
            end: 0,
        };
        for (path, root, test, file) in &self.modules {
            let kind = if *root { NodeKind::Crate } else { NodeKind::Module };
            paths.insert(path.split("::").collect(), node(path, kind, *test, *file));
        }
        for path in &self.externals {
            let words: Vec<&str> = path.split("::").collect();
            for length in 1..=words.len() {
                let words = &words[..length];
                let external = || node(&words.join("::"), NodeKind::External, false, None);
                paths.entry(words.to_vec()).or_insert_with(external);
            }
        }
        let mut nodes: Vec<Node> = paths.into_values().collect();
        let by_path: HashMap<String, usize> =
            nodes.iter().enumerate().map(|(at, node)| (node.path.clone(), at)).collect();
        place(&mut nodes, &by_path);
        let module_at: Vec<usize> =
            self.modules.iter().map(|(path, ..)| by_path.get(path).copied().unwrap_or(0)).collect();
        let external_at: Vec<usize> =
            self.externals.iter().map(|path| by_path.get(path).copied().unwrap_or(0)).collect();
        let edges = join(self.edges, &module_at, &external_at);
        let mut outgoing = vec![Vec::new(); nodes.len()];
        let mut incoming = vec![Vec::new(); nodes.len()];
        for (at, edge) in edges.iter().enumerate() {
            outgoing[edge.from].push(at);
            incoming[edge.to].push(at);
        }
        Graph {
            nodes,
            edges,
            files: self.files,
            by_path,
            outgoing,
            incoming,
            known_externals: self.known_externals,
            unread: self.unread,
            lines: self.lines,
        }
    }
}

/// Sets parents and ends; the nodes are in the order of their paths.
fn place(nodes: &mut [Node], by_path: &HashMap<String, usize>) {
    for (at, node) in nodes.iter_mut().enumerate() {
        node.parent = node.path.rsplit_once("::").and_then(|(parent, _)| by_path.get(parent).copied());
        node.end = at + 1;
    }
    for at in (0..nodes.len()).rev() {
        if let Some(parent) = nodes[at].parent {
            nodes[parent].end = nodes[parent].end.max(nodes[at].end);
        }
    }
}

/// What makes two edges the same; of those the first in the text stays.
type Key = (usize, usize, Reach, bool, Context, bool, Option<String>, bool, Vec<usize>);

fn join(drafts: Vec<DraftEdge>, module_at: &[usize], external_at: &[usize]) -> Vec<Edge> {
    let mut edges: BTreeMap<Key, Edge> = BTreeMap::new();
    for draft in drafts {
        let to = match draft.to {
            End::Module(module) => module_at[module],
            End::External(external) => external_at[external],
        };
        let via: Vec<Hop> = draft
            .via
            .into_iter()
            .map(|hop| Hop { node: module_at[hop.module], file: hop.file, line: hop.line })
            .collect();
        let derives = draft.kind == EdgeKind::Derive;
        let prelude = draft.kind == EdgeKind::Prelude;
        let edge = Edge {
            from: module_at[draft.from],
            to,
            item: draft.item,
            kind: draft.kind,
            context: draft.context,
            reach: draft.reach,
            file: draft.file,
            line: draft.line,
            via,
            features: draft.features,
            surface: draft.surface,
        };
        let nodes = edge.via.iter().map(|hop| hop.node).collect();
        let key = (
            edge.from,
            edge.to,
            edge.reach,
            derives,
            edge.context,
            edge.surface,
            edge.item.clone(),
            prelude,
            nodes,
        );
        let order = |edge: &Edge| (edge.kind != EdgeKind::Use, edge.file, edge.line, edge.kind);
        match edges.get_mut(&key) {
            Some(known) if order(known) <= order(&edge) => {}
            Some(known) => *known = edge,
            None => {
                edges.insert(key, edge);
            }
        }
    }
    edges.into_values().collect()
}
