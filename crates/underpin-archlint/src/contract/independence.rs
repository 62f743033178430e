//! `independence`: none of some modules reaches another of them.

use serde::Deserialize;

use crate::{Problem, graph::NodeId};

use super::{Contract, Judge, Problems, Violation};

/// Modules that are strangers to each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Independence {
    modules: Vec<String>,
}

impl Contract for Independence {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let mut problems = Vec::new();
        let mut modules: Vec<NodeId> = Vec::new();
        for text in &self.modules {
            match judge.modules("modules", text) {
                Ok(found) => modules.extend(found),
                Err(problem) => problems.push(problem),
            }
        }
        modules.sort_unstable();
        modules.dedup();
        for pair in modules.windows(2) {
            if judge.holds(pair[0], pair[1]) {
                let (outer, inner) = (judge.path(pair[0]), judge.path(pair[1]));
                let what = format!("`modules`: {inner} is inside {outer}");
                problems.push(Problem::new(what, "a module cannot be independent of what it contains"));
            }
        }
        if modules.len() < 2 && problems.is_empty() {
            problems.push(Problem::new("`modules`: fewer than two modules", "nothing was checked"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let all = judge.set(&modules);
        let mut violations = Vec::new();
        for target in &modules {
            let others: Vec<NodeId> = modules.iter().copied().filter(|other| other != target).collect();
            let chains = judge.chains(&judge.set(&others), &judge.set(&[*target]), &|node| !all[node], true);
            for chain in chains {
                let first = judge.graph.edges[chain[0]].from;
                let source = others.iter().find(|other| judge.holds(**other, first));
                let from = source.map_or("", |source| judge.path(*source));
                let rule = format!("{from} must not import {}", judge.path(*target));
                violations.push(judge.violation(rule, &chain));
            }
        }
        Ok(violations)
    }
}
