//! `interface`: only these names of a module may be used from outside it.

use serde::Deserialize;

use crate::graph::{EdgeKind, NodeId, Pattern};

use super::{Contract, Judge, Problems, Violation};

/// Modules, and the names below them that are for others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Interface {
    modules: Vec<String>,
    expose: Vec<String>,
}

impl Contract for Interface {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let mut problems = Vec::new();
        let mut modules = Vec::new();
        for text in &self.modules {
            match judge.modules("modules", text) {
                Ok(found) => modules.extend(found),
                Err(problem) => problems.push(problem),
            }
        }
        if modules.is_empty() && problems.is_empty() {
            problems.push(crate::Problem::new("`modules` is empty", "nothing was checked"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let exposed: Vec<Pattern> = self.expose.iter().map(|text| Pattern::new(text)).collect();
        let mut violations = Vec::new();
        for module in modules {
            let inside = judge.graph.subtree(module);
            for node in inside.clone() {
                for id in judge.graph.incoming[node].iter().copied().filter(|id| judge.admits(*id)) {
                    let edge = &judge.graph.edges[id];
                    if inside.contains(&edge.from) || !edge.is_direct() {
                        continue;
                    }
                    let Some(name) = taken(judge, module, id) else { continue };
                    if !exposed.iter().any(|pattern| pattern.covers(&name).is_some()) {
                        let rule =
                            format!("{} must not use {}::{name}", judge.path(edge.from), judge.path(module));
                        violations.push(judge.violation(rule, &[id]));
                    }
                }
            }
        }
        Ok(violations)
    }
}

/// The name below the module that an import takes; none for the module itself.
fn taken(judge: &Judge<'_>, module: NodeId, id: usize) -> Option<String> {
    let edge = &judge.graph.edges[id];
    let below = judge.path(edge.to).strip_prefix(judge.path(module))?.trim_start_matches("::");
    let glob = edge.kind == EdgeKind::Glob && edge.item.is_none();
    let item = edge.item.clone().or_else(|| glob.then(|| "*".to_owned()));
    match (below, item) {
        ("", item) => item,
        (below, Some(item)) => Some(format!("{below}::{item}")),
        (below, None) => Some(below.to_owned()),
    }
}
