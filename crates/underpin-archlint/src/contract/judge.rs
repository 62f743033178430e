//! What contracts ask the graph: which modules a pattern means, and which imports lead from some to others.

use crate::{
    Problem,
    config::Settings,
    graph::{Chain, Context, EdgeId, Graph, NodeId, NodeKind, Pattern, Search},
};

use super::Violation;

/// The graph as one contract sees it.
pub(crate) struct Judge<'a> {
    pub graph: &'a Graph,
    pub settings: &'a Settings,
    /// Imports that an exception hides.
    pub ignored: Vec<bool>,
}

/// Modules and all that is inside them, by node.
pub(crate) type NodeSet = Vec<bool>;

impl Judge<'_> {
    /// Whether an import is judged.
    pub(crate) fn admits(&self, edge: EdgeId) -> bool {
        let counts = match self.graph.edges[edge].context {
            Context::Normal => true,
            Context::Test => self.settings.include_tests,
            Context::Build => self.settings.include_build,
        };
        counts && !self.ignored.get(edge).copied().unwrap_or(false)
    }

    /// Whether a module is part of what is judged.
    pub(crate) fn is_judged(&self, node: NodeId) -> bool {
        let node = &self.graph.nodes[node];
        node.kind != NodeKind::External && (self.settings.include_tests || !node.test)
    }

    /// The modules of the workspace that a text means.
    pub(crate) fn modules(&self, key: &str, text: &str) -> Result<Vec<NodeId>, Problem> {
        let pattern = Pattern::new(text);
        if pattern.is_plain() {
            return match self.graph.find(&pattern.to_string()) {
                Some(node) if self.graph.nodes[node].kind != NodeKind::External => Ok(vec![node]),
                _ => Err(self.missing(key, text)),
            };
        }
        let found: Vec<NodeId> = self
            .graph
            .modules()
            .filter(|node| self.is_judged(*node) && pattern.matches(&self.graph.nodes[*node].path))
            .collect();
        let mut found = found;
        let roots: Vec<&str> = found.iter().map(|node| self.path(*node)).collect();
        let companions: Vec<NodeId> = found
            .iter()
            .copied()
            .filter(|node| roots.iter().any(|root| is_companion(root, self.path(*node))))
            .collect();
        found.retain(|node| !companions.contains(node));
        if found.is_empty() {
            let hint = "`*` stands for one segment, `**` for any number";
            return Err(Problem::new(format!("`{key}`: no module fits `{text}`"), hint));
        }
        Ok(found)
    }

    /// The modules or foreign paths that a text means: none for one that is known but not named anywhere.
    pub(crate) fn targets(&self, key: &str, text: &str) -> Result<Vec<NodeId>, Problem> {
        let pattern = Pattern::new(text);
        if !pattern.is_plain() || pattern.first().is_some_and(|first| self.is_ours(first)) {
            return self.modules(key, text);
        }
        self.known_external(key, text)?;
        Ok(self.graph.find(&pattern.to_string()).into_iter().collect())
    }

    /// A path into a crate must begin with one that some member depends on.
    pub(crate) fn known_external(&self, key: &str, text: &str) -> Result<(), Problem> {
        let pattern = Pattern::new(text);
        let known = |first: &str| {
            // A library may go by another name than its package, which only code tells.
            self.is_ours(first)
                || self.graph.find(first).is_some()
                || self.graph.known_externals.iter().any(|known| known == first)
        };
        match pattern.first() {
            Some(first) if !known(first) => {
                let what = format!("`{key}`: nothing here depends on a crate `{first}`");
                Err(Problem::new(what, "a name that cannot occur forbids or allows nothing; take it out"))
            }
            _ => Ok(()),
        }
    }

    fn is_ours(&self, first: &str) -> bool {
        self.graph.crates().any(|node| self.graph.nodes[node].path == first)
    }

    /// That a module is missing, with those that are there instead.
    fn missing(&self, key: &str, text: &str) -> Problem {
        let mut known = text;
        let around = loop {
            match known.rsplit_once("::") {
                Some((parent, _)) => {
                    known = parent;
                    if let Some(node) = self.graph.find(parent) {
                        break Some(node);
                    }
                }
                None => break None,
            }
        };
        let names = |nodes: Vec<NodeId>| -> String {
            let names: Vec<&str> = nodes.iter().map(|node| self.graph.nodes[*node].path.as_str()).collect();
            names.join(", ")
        };
        let hint = match around {
            Some(node) if self.graph.children(node).next().is_none() => {
                format!("there is no module inside {}", self.path(node))
            }
            Some(node) => format!("there are {}", names(self.graph.children(node).collect())),
            None => {
                let crates = self.graph.crates().filter(|node| !self.graph.nodes[*node].path.contains('('));
                format!("the crates are {}", names(crates.collect()))
            }
        };
        Problem::new(format!("`{key}`: there is no module `{text}`"), hint)
    }

    /// Nodes with all that is inside them.
    pub(crate) fn set(&self, nodes: &[NodeId]) -> NodeSet {
        let mut set = vec![false; self.graph.nodes.len()];
        for node in nodes.iter().flat_map(|node| self.with_companions(*node)) {
            self.graph.subtree(node).for_each(|inner| set[inner] = true);
        }
        set
    }

    /// A crate stands for the other targets of its package too: programs beside the library, tests.
    fn with_companions(&self, node: NodeId) -> Vec<NodeId> {
        let mut all = vec![node];
        if self.graph.nodes[node].kind == NodeKind::Crate {
            all.extend(self.graph.crates().filter(|other| is_companion(self.path(node), self.path(*other))));
        }
        all
    }

    /// Whether one module stands for another, as a rule about it says.
    pub(crate) fn holds(&self, node: NodeId, inner: NodeId) -> bool {
        let root = self.path(inner).split("::").next().unwrap_or_default();
        self.graph.subtree(node).contains(&inner)
            || self.graph.nodes[node].kind == NodeKind::Crate && is_companion(self.path(node), root)
    }

    /// The shortest chains from each source to the targets: every straight import, and from each source
    /// one chain through others, if `indirect`.
    pub(crate) fn chains(
        &self,
        sources: &NodeSet,
        targets: &NodeSet,
        passes: &dyn Fn(NodeId) -> bool,
        indirect: bool,
    ) -> Vec<Vec<EdgeId>> {
        let graph = self.graph;
        let admits = |edge| self.admits(edge);
        let through = |node: NodeId| !sources[node] && passes(node);
        let search = Search { graph, admits: &admits, passes: &through };
        let reachable = search.to(members(targets));
        let mut chains = Vec::new();
        for source in members(sources) {
            let mut seen: Vec<NodeId> = Vec::new();
            let mut best: Option<(u32, EdgeId)> = None;
            for edge in graph.outgoing[source].iter().copied().filter(|edge| self.admits(*edge)) {
                let to = graph.edges[edge].to;
                if reachable.is_target(to) {
                    let counts = indirect || graph.edges[edge].is_direct();
                    if counts && !sources[to] && !seen.contains(&to) {
                        seen.push(to);
                        chains.push(vec![edge]);
                    }
                } else if indirect && through(to) {
                    let length = reachable.length_through(graph, edge);
                    if length < u32::MAX && best.is_none_or(|(shortest, _)| length < shortest) {
                        best = Some((length, edge));
                    }
                }
            }
            chains.extend(best.and_then(|(_, edge)| reachable.chain_through(graph, edge)));
        }
        chains
    }

    /// A violation by a chain of edges.
    pub(crate) fn violation(&self, rule: impl Into<String>, edges: &[EdgeId]) -> Violation {
        Violation::new(rule, Chain::of(self.graph, edges))
    }

    pub(crate) fn path(&self, node: NodeId) -> &str {
        &self.graph.nodes[node].path
    }
}

/// Whether a root is that of another target of a crate's package: `shop(bin till)` of `shop`.
fn is_companion(krate: &str, root: &str) -> bool {
    root.strip_prefix(krate).is_some_and(|rest| rest.starts_with('(')) && !root.contains("::")
}

/// The nodes of a set.
pub(crate) fn members(set: &NodeSet) -> impl Iterator<Item = NodeId> + '_ {
    set.iter().enumerate().filter(|(_, member)| **member).map(|(node, _)| node)
}
