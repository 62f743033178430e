//! `layers`: higher ones may import lower ones, never the other way round, neither straight nor through others.

use serde::Deserialize;

use crate::{
    Problem,
    graph::{NodeId, NodeKind},
};

use super::{Contract, Judge, Problems, Violation, judge};

/// Layers, highest first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layers {
    layers: Vec<String>,
    /// Modules that each have these layers; without them the layers are whole paths.
    #[serde(default, rename = "in")]
    containers: Vec<String>,
    /// Every module of a container is in a layer. True if there are containers.
    exhaustive: Option<bool>,
    /// Modules that are in no layer all the same.
    #[serde(default)]
    exhaustive_ignores: Vec<String>,
}

/// One layer as it is written.
struct Layer {
    members: Vec<Member>,
    /// Its members do not import each other.
    independent: bool,
}

struct Member {
    name: String,
    optional: bool,
}

/// A member that was found.
pub(crate) struct Placed {
    pub node: NodeId,
    /// Which layer, from the top.
    pub rank: usize,
    independent: bool,
}

impl Contract for Layers {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let mut violations = Vec::new();
        let mut problems = Vec::new();
        match self.stacks(judge) {
            Ok(stacks) => {
                for stack in &stacks {
                    violations.extend(judge_stack(judge, stack));
                }
            }
            Err(found) => problems.extend(found),
        }
        if problems.is_empty() { Ok(violations) } else { Err(problems) }
    }

    fn layers(&self) -> Option<&Layers> {
        Some(self)
    }
}

impl Layers {
    /// The layers of each container.
    pub(crate) fn stacks(&self, judge: &Judge<'_>) -> Result<Vec<Vec<Placed>>, Problems> {
        let layers: Vec<Layer> =
            self.layers.iter().map(|text| parse(text)).collect::<Result<_, _>>().map_err(|it| vec![it])?;
        if layers.is_empty() {
            return Err(vec![Problem::new("`layers` is empty", "name the layers, highest first")]);
        }
        let mut problems = Vec::new();
        let mut stacks = Vec::new();
        if self.containers.is_empty() {
            match stack(judge, &layers, None) {
                Ok(placed) => stacks.push(placed),
                Err(found) => problems.extend(found),
            }
        }
        for text in &self.containers {
            let found = judge.modules("in", text).map_err(|problem| vec![problem]);
            for container in found.unwrap_or_else(|found| {
                problems.extend(found);
                Vec::new()
            }) {
                match stack(judge, &layers, Some(container)) {
                    Ok(placed) => stacks.push(placed),
                    Err(found) => problems.extend(found),
                }
            }
        }
        if problems.is_empty() && self.exhaustive.unwrap_or(!self.containers.is_empty()) {
            problems.extend(self.uncovered(judge, &stacks));
        }
        if problems.is_empty() { Ok(stacks) } else { Err(problems) }
    }

    /// A layer as it is written, for pictures.
    pub(crate) fn title(&self, rank: usize) -> String {
        self.layers.get(rank).cloned().unwrap_or_default()
    }

    /// Modules that are in no layer and not excused, and excuses for modules that are not there.
    fn uncovered(&self, judge: &Judge<'_>, stacks: &[Vec<Placed>]) -> Problems {
        let graph = judge.graph;
        let mut all: Vec<(NodeId, String)> = Vec::new();
        if self.containers.is_empty() {
            let crates = graph.crates().filter(|node| judge.is_judged(*node));
            all.extend(crates.map(|node| (node, judge.path(node).to_owned())));
        }
        for text in &self.containers {
            for container in judge.modules("in", text).unwrap_or_default() {
                for child in graph.children(container).filter(|child| judge.is_judged(*child)) {
                    let name = judge.path(child).rsplit("::").next().unwrap_or_default().to_owned();
                    all.push((child, name));
                }
            }
        }
        let placed: Vec<NodeId> = stacks.iter().flatten().map(|placed| placed.node).collect();
        let mut problems = Problems::new();
        for (node, name) in &all {
            let covered = placed
                .iter()
                .any(|placed| graph.subtree(*node).contains(placed) || judge.holds(*placed, *node));
            let build = graph.nodes[*node].kind == NodeKind::Crate && name.ends_with("(build)");
            if !covered && !build && !self.exhaustive_ignores.contains(name) {
                let what = format!("`layers`: {} is in no layer", judge.path(*node));
                problems.push(Problem::new(what, "put it into one, or into `exhaustive_ignores`"));
            }
        }
        for name in &self.exhaustive_ignores {
            if !all.iter().any(|(_, other)| other == name) {
                let what = format!("`exhaustive_ignores`: there is no module `{name}`");
                problems.push(Problem::new(what, "take it out"));
            }
        }
        problems
    }
}

/// Finds the members of layers in a container.
fn stack(judge: &Judge<'_>, layers: &[Layer], container: Option<NodeId>) -> Result<Vec<Placed>, Problems> {
    let mut placed: Vec<Placed> = Vec::new();
    let mut problems = Vec::new();
    for (rank, layer) in layers.iter().enumerate() {
        for member in &layer.members {
            let path = match container {
                Some(container) => format!("{}::{}", judge.path(container), member.name),
                None => member.name.clone(),
            };
            match judge.modules("layers", &path) {
                Ok(found) => placed.extend(found.into_iter().map(|node| Placed {
                    node,
                    rank,
                    independent: layer.independent,
                })),
                Err(_) if member.optional => {}
                Err(problem) => problems.push(problem),
            }
        }
    }
    for (at, one) in placed.iter().enumerate() {
        for other in &placed[..at] {
            if judge.holds(one.node, other.node) || judge.holds(other.node, one.node) {
                let what =
                    format!("`layers`: {} and {} overlap", judge.path(other.node), judge.path(one.node));
                problems.push(Problem::new(what, "a module is in one layer"));
            }
        }
    }
    if placed.is_empty() && problems.is_empty() {
        problems.push(Problem::new("`layers`: none of the layers is there", "nothing was checked"));
    }
    if problems.is_empty() { Ok(placed) } else { Err(problems) }
}

/// One search per member finds who must not import it and does.
fn judge_stack(judge: &Judge<'_>, stack: &[Placed]) -> Vec<Violation> {
    let mut member_of: Vec<Option<usize>> = vec![None; judge.graph.nodes.len()];
    for (index, placed) in stack.iter().enumerate() {
        judge::members(&judge.set(&[placed.node])).for_each(|node| member_of[node] = Some(index));
    }
    let mut violations = Vec::new();
    for target in stack {
        let illegal = |source: &Placed| {
            source.rank > target.rank
                || source.rank == target.rank && source.node != target.node && target.independent
        };
        let below: Vec<NodeId> = stack.iter().filter(|it| illegal(it)).map(|it| it.node).collect();
        if below.is_empty() {
            continue;
        }
        let (sources, targets) = (judge.set(&below), judge.set(&[target.node]));
        let passes = |node: NodeId| member_of[node].is_none();
        for chain in judge.chains(&sources, &targets, &passes, true) {
            let first = judge.graph.edges[chain[0]].from;
            let Some(source) = member_of[first].map(|index| &stack[index]) else { continue };
            let relation = if source.rank > target.rank { "is below" } else { "is beside" };
            let (from, to) = (judge.path(source.node), judge.path(target.node));
            violations
                .push(judge.violation(format!("{from} must not import {to}, which it {relation}"), &chain));
        }
    }
    violations
}

/// Reads `a`, `(a)`, `a | b` or `a : b`.
fn parse(text: &str) -> Result<Layer, Problem> {
    let independent = text.contains('|');
    let colons: Vec<usize> = text
        .match_indices(':')
        .map(|(at, _)| at)
        .filter(|at| !text[at + 1..].starts_with(':') && !text[..*at].ends_with(':'))
        .collect();
    if independent && !colons.is_empty() {
        let what = format!("`layers`: `{text}` has `|` and `:`");
        return Err(Problem::new(what, "the members of a layer are all independent or all free"));
    }
    let parts: Vec<&str> = if independent {
        text.split('|').collect()
    } else {
        let mut parts = Vec::new();
        let mut start = 0;
        for at in colons {
            parts.push(&text[start..at]);
            start = at + 1;
        }
        parts.push(&text[start..]);
        parts
    };
    let mut members = Vec::new();
    for part in parts {
        let part = part.trim();
        let inner = part.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let name = inner.unwrap_or(part).trim().to_owned();
        if name.is_empty() || name.contains('*') {
            let what = format!("`layers`: `{text}` is no layer");
            return Err(Problem::new(what, "a layer is `a`, `(a)` for an optional one, `a | b` or `a : b`"));
        }
        members.push(Member { name, optional: inner.is_some() });
    }
    Ok(Layer { members, independent })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_forms_of_a_layer() {
        let form = |text: &str| {
            let layer = parse(text).ok()?;
            let member =
                |member: &super::Member| format!("{}{}", member.name, if member.optional { "?" } else { "" });
            Some((layer.members.iter().map(member).collect::<Vec<_>>().join(" "), layer.independent))
        };
        assert_eq!(form("a::b"), Some(("a::b".to_owned(), false)));
        assert_eq!(form("(a) | b::c"), Some(("a? b::c".to_owned(), true)));
        assert_eq!(form("a::b : c"), Some(("a::b c".to_owned(), false)));
        for wrong in ["", "a |", "a | b : c", "*", "()"] {
            assert_eq!(form(wrong), None, "{wrong}");
        }
    }
}
