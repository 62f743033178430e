//! `forbidden`: some modules must not reach some others, or some crates.

use serde::Deserialize;

use crate::Problem;

use super::{Contract, Judge, Problems, Violation};

/// Who must not import what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forbidden {
    source_modules: Vec<String>,
    forbidden_modules: Vec<String>,
    /// Only straight imports count.
    #[serde(default)]
    allow_indirect_imports: bool,
}

impl Contract for Forbidden {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let mut problems = Vec::new();
        let mut violations = Vec::new();
        for (key, list) in
            [("source_modules", &self.source_modules), ("forbidden_modules", &self.forbidden_modules)]
        {
            if list.is_empty() {
                problems.push(Problem::new(format!("`{key}` is empty"), "nothing was checked"));
            }
        }
        let mut sources = Vec::new();
        for text in &self.source_modules {
            match judge.modules("source_modules", text) {
                Ok(found) => sources.extend(found),
                Err(problem) => problems.push(problem),
            }
        }
        let source_set = judge.set(&sources);
        for text in &self.forbidden_modules {
            match judge.targets("forbidden_modules", text) {
                Ok(found) => {
                    let targets = judge.set(&found);
                    if targets.iter().zip(&source_set).any(|(target, source)| *target && *source) {
                        let what = format!("`forbidden_modules`: {text} overlaps `source_modules`");
                        problems.push(Problem::new(what, "a module may always import itself"));
                        continue;
                    }
                    let chains = judge.chains(&source_set, &targets, &|_| true, !self.allow_indirect_imports);
                    for chain in chains {
                        let first = judge.graph.edges[chain[0]].from;
                        let source = sources.iter().find(|source| judge.holds(**source, first));
                        let from = source.map_or("", |source| judge.path(*source));
                        violations.push(judge.violation(format!("{from} must not import {text}"), &chain));
                    }
                }
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(violations) } else { Err(problems) }
    }
}
