//! `protected`: only some modules may import some others straight.

use serde::Deserialize;

use crate::{
    Problem,
    graph::{EdgeId, EdgeKind},
};

use super::{Contract, Judge, Problems, Violation};

/// What is protected, and from whom it is not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Protected {
    protected_modules: Vec<String>,
    allowed_importers: Vec<String>,
}

impl Contract for Protected {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let mut problems = Vec::new();
        let mut find = |key: &str, texts: &[String], foreign: bool| {
            let mut nodes = Vec::new();
            for text in texts {
                let found = if foreign { judge.targets(key, text) } else { judge.modules(key, text) };
                match found {
                    Ok(found) => nodes.extend(found),
                    Err(problem) => problems.push(problem),
                }
            }
            nodes
        };
        let protected = find("protected_modules", &self.protected_modules, true);
        let allowed = find("allowed_importers", &self.allowed_importers, false);
        if self.protected_modules.is_empty() {
            problems.push(Problem::new("`protected_modules` is empty", "nothing was checked"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let allowed = judge.set(&allowed);
        let mut violations = Vec::new();
        for module in protected {
            let inside = judge.set(&[module]);
            for node in judge.graph.subtree(module) {
                for edge in judge.graph.incoming[node].iter().copied() {
                    let from = judge.graph.edges[edge].from;
                    let stranger = !allowed[from] && !inside[from] && !serves(judge, edge, &allowed);
                    if stranger && judge.graph.edges[edge].is_direct() && judge.admits(edge) {
                        let rule = format!("{} must not import {}", judge.path(from), judge.path(module));
                        violations.push(judge.violation(rule, &[edge]));
                    }
                }
            }
        }
        Ok(violations)
    }
}

/// Whether an import is a line of a manifest that some allowed module of the crate needs.
fn serves(judge: &Judge<'_>, edge: EdgeId, allowed: &[bool]) -> bool {
    let edge = &judge.graph.edges[edge];
    edge.kind == EdgeKind::Dependency
        && judge.set(&[edge.from]).iter().zip(allowed).any(|(own, allowed)| *own && *allowed)
}
