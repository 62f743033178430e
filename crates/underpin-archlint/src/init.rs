//! Proposes contracts that hold today: layers as the present imports imply them, and no circles.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Graph,
    config::Settings,
    contract::{self, Judge},
    graph::{Context, NodeId, Reach, components},
};

/// A crate with fewer modules needs no layers.
const FEWEST_MODULES: usize = 3;

/// The text of a file of contracts for a graph.
pub(crate) fn propose(graph: &Graph) -> String {
    let mut text =
        "# What may import what. See `underpin arch check`.\n\n[workspace]\ninclude_tests = false\n"
            .to_owned();
    let crates: Vec<NodeId> = graph.crates().filter(|node| is_looked_at(graph, *node)).collect();
    if crates.len() > 1 {
        let layers = layers(graph, &crates, None);
        text += &contract(graph, "crates", "layers", &format!("layers = [\n{layers}]\n"));
    }
    for root in &crates {
        let children: Vec<NodeId> = graph.children(*root).filter(|child| !graph.nodes[*child].test).collect();
        if children.len() >= FEWEST_MODULES {
            let path = &graph.nodes[*root].path;
            let layers = layers(graph, &children, Some(*root));
            let keys = format!("in = [{path:?}]\nlayers = [\n{layers}]\n");
            text += &contract(graph, &path.replace(['(', ')', ' '], "-"), "layers", &keys);
        }
    }
    text += &contract(graph, "no-circles", "acyclic", "");
    text
}

/// Tests, examples and build scripts are left out.
fn is_looked_at(graph: &Graph, root: NodeId) -> bool {
    !graph.nodes[root].test && !graph.nodes[root].path.ends_with("(build)")
}

/// A contract, if it holds; nothing otherwise.
fn contract(graph: &Graph, id: &str, kind: &str, keys: &str) -> String {
    let settings = Settings::default();
    let judge = Judge { graph, settings: &settings, ignored: Vec::new() };
    let table = toml::from_str(keys).unwrap_or_default();
    match contract::parse(kind, table).map(|contract| contract.judge(&judge)) {
        Ok(Ok(violations)) if violations.is_empty() => {
            format!("\n[[contract]]\nid = {id:?}\ntype = {kind:?}\n{keys}")
        }
        _ => format!("\n# A contract `{id}` of the type {kind} does not hold today.\n"),
    }
}

/// Lines of layers, highest first: members that import each other share one.
fn layers(graph: &Graph, members: &[NodeId], root: Option<NodeId>) -> String {
    let mut unit: BTreeMap<NodeId, NodeId> = BTreeMap::new();
    for member in members {
        unit.extend(graph.subtree(*member).map(|node| (node, *member)));
    }
    unit.extend(root.map(|root| (root, root)));
    let mut successors: BTreeMap<NodeId, BTreeSet<NodeId>> =
        unit.values().map(|member| (*member, BTreeSet::new())).collect();
    for edge in &graph.edges {
        let (Some(from), Some(to)) = (unit.get(&edge.from), unit.get(&edge.to)) else { continue };
        // Through the root itself only what its own code does counts.
        let at_root = Some(*from) == root || Some(*to) == root;
        let counts = edge.context == Context::Normal && (!at_root || edge.reach == Reach::Full);
        if counts && from != to {
            successors.entry(*from).or_default().insert(*to);
        }
    }
    let mut group: BTreeMap<NodeId, NodeId> = successors.keys().map(|node| (*node, *node)).collect();
    for component in components(&successors) {
        group.extend(component.iter().map(|node| (*node, component[0])));
    }
    let mut height: BTreeMap<NodeId, usize> = group.values().map(|node| (*node, 0)).collect();
    for _ in 0..group.len() {
        for (from, to) in successors.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to))) {
            let (from, to) = (group[from], group[to]);
            if from != to && height[&from] <= height[&to] {
                height.insert(from, height[&to] + 1);
            }
        }
    }
    let name = |node: NodeId| match root {
        Some(_) => graph.nodes[node].path.rsplit("::").next().unwrap_or_default().to_owned(),
        None => graph.nodes[node].path.clone(),
    };
    let mut lines = String::new();
    let levels: BTreeSet<usize> = height.values().copied().collect();
    for level in levels.iter().rev() {
        let here: Vec<NodeId> =
            members.iter().copied().filter(|member| height[&group[member]] == *level).collect();
        if here.is_empty() {
            continue;
        }
        let knotted = here.iter().any(|one| here.iter().any(|two| one != two && group[one] == group[two]));
        let names: Vec<String> = here.iter().map(|node| name(*node)).collect();
        lines += &format!("    {:?},\n", names.join(if knotted { " : " } else { " | " }));
    }
    lines
}
