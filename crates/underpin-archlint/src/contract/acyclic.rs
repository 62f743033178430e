//! `acyclic`: the modules inside a module do not import each other in circles, on any level.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Deserialize;

use crate::graph::{EdgeId, NodeId, NodeKind, components, feedback};

use super::{Contract, Judge, Problems, Violation};

/// Where no circles may be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acyclic {
    /// The modules whose children are looked at; all crates, and the crates themselves, if none is named.
    #[serde(default, rename = "in")]
    ancestors: Vec<String>,
    /// How many levels deep.
    #[serde(default = "ten")]
    depth: usize,
    /// Modules whose children may import each other as they like.
    #[serde(default)]
    skip_descendants: Vec<String>,
}

fn ten() -> usize {
    10
}

/// Imports between siblings, by the module around them; none around crates.
type Siblings = BTreeMap<Option<NodeId>, BTreeMap<(NodeId, NodeId), Vec<EdgeId>>>;

impl Contract for Acyclic {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let mut problems = Vec::new();
        let mut find = |key: &str, texts: &[String]| {
            let mut nodes = Vec::new();
            for text in texts {
                match judge.modules(key, text) {
                    Ok(found) => nodes.extend(found),
                    Err(problem) => problems.push(problem),
                }
            }
            nodes
        };
        let ancestors = find("in", &self.ancestors);
        let skipped = judge.set(&find("skip_descendants", &self.skip_descendants));
        if !problems.is_empty() {
            return Err(problems);
        }
        let everywhere = self.ancestors.is_empty();
        let looked_at = |parent: Option<NodeId>| match parent {
            None => everywhere,
            Some(node) => {
                let level = |top: NodeId| depth(judge.path(node)) - depth(judge.path(top));
                let around = ancestors.iter().copied().find(|top| judge.graph.subtree(*top).contains(&node));
                let fits = around.is_some_and(|top| level(top) < self.depth)
                    || everywhere && depth(judge.path(node)) <= self.depth;
                fits && !skipped[node]
            }
        };
        let mut violations = Vec::new();
        for (parent, edges) in siblings(judge) {
            if looked_at(parent) {
                violations.extend(circles(judge, parent, &edges));
            }
        }
        Ok(violations)
    }
}

fn depth(path: &str) -> usize {
    path.split("::").count()
}

/// Sorts imports by the siblings between which they lead.
fn siblings(judge: &Judge<'_>) -> Siblings {
    let graph = judge.graph;
    let mut found = Siblings::new();
    for (id, edge) in graph.edges.iter().enumerate() {
        if graph.nodes[edge.to].kind == NodeKind::External || !judge.admits(id) {
            continue;
        }
        let (mut from, to) = (edge.from, edge.to);
        // Up to the outermost module that does not contain the other end.
        while let Some(parent) = graph.nodes[from].parent.filter(|it| !graph.subtree(*it).contains(&to)) {
            from = parent;
        }
        let parent = graph.nodes[from].parent;
        let mut other = to;
        while graph.nodes[other].parent != parent {
            match graph.nodes[other].parent {
                Some(up) => other = up,
                None => break,
            }
        }
        let apart = !graph.subtree(from).contains(&other) && !graph.subtree(other).contains(&from);
        if apart && graph.nodes[other].parent == parent {
            found.entry(parent).or_default().entry((from, other)).or_default().push(id);
        }
    }
    found
}

/// One violation per knot, with a shortest circle through its first member.
fn circles(
    judge: &Judge<'_>,
    parent: Option<NodeId>,
    edges: &BTreeMap<(NodeId, NodeId), Vec<EdgeId>>,
) -> Vec<Violation> {
    let mut successors: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
    for (from, to) in edges.keys() {
        successors.entry(*from).or_default().insert(*to);
        successors.entry(*to).or_default();
    }
    let mut violations = Vec::new();
    for component in components(&successors) {
        let names: Vec<&str> =
            component.iter().map(|node| judge.path(*node).rsplit("::").next().unwrap_or_default()).collect();
        let around =
            parent.map_or("crates".to_owned(), |parent| format!("modules of {}", judge.path(parent)));
        let rule = format!("{around} must not import each other in a circle: {}", names.join(", "));
        let chain: Vec<EdgeId> = circle(&component, &successors)
            .windows(2)
            .filter_map(|pair| edges.get(&(pair[0], pair[1])).and_then(|ids| ids.first().copied()))
            .collect();
        let mut violation = judge.violation(rule, &chain);
        let weights: BTreeMap<(NodeId, NodeId), usize> = edges
            .iter()
            .filter(|((from, to), _)| component.contains(from) && component.contains(to))
            .map(|(pair, ids)| (*pair, ids.len()))
            .collect();
        let cuts: Vec<String> = feedback(&weights)
            .iter()
            .map(|pair| {
                let count = weights[pair];
                let imports = if count == 1 { "import" } else { "imports" };
                format!("{} -> {} ({count} {imports})", judge.path(pair.0), judge.path(pair.1))
            })
            .collect();
        violation.hint = Some(format!("without {} there is no circle", cuts.join(", ")));
        violations.push(violation);
    }
    violations
}

/// A shortest way from the first member back to itself.
fn circle(component: &[NodeId], successors: &BTreeMap<NodeId, BTreeSet<NodeId>>) -> Vec<NodeId> {
    let Some(start) = component.first().copied() else { return Vec::new() };
    let mut before: BTreeMap<NodeId, NodeId> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for next in successors[&node].iter().filter(|next| component.contains(next)) {
            if *next == start {
                let mut way = vec![start, node];
                let mut at = node;
                while at != start {
                    at = before[&at];
                    way.push(at);
                }
                way.reverse();
                return way;
            }
            if !before.contains_key(next) {
                before.insert(*next, node);
                queue.push_back(*next);
            }
        }
    }
    Vec::new()
}
