//! `externals`: which crates, and which parts of the standard library, some modules may name.

use serde::Deserialize;

use crate::graph::{Edge, EdgeKind, NodeId, NodeKind};

use super::{
    Contract, Judge, Problems, Violation,
    foreign::{Rules, Ruling, scoped},
    judge::members,
};

/// What some modules may name of other crates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Externals {
    #[serde(rename = "in")]
    modules: Vec<String>,
    allow: Option<Vec<String>>,
    #[serde(default)]
    deny: Vec<String>,
    /// What is denied may be reached through other modules of the same crate.
    #[serde(default)]
    allow_indirect_imports: bool,
}

impl Contract for Externals {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let rules = Rules::new(self.allow.as_deref(), &self.deny, Some(judge));
        let (rules, mut scopes) = scoped(judge, &self.modules, rules)?;
        scopes.sort_unstable();
        scopes.dedup();
        Ok(scopes.iter().flat_map(|scope| self.judge_scope(judge, &rules, *scope)).collect())
    }
}

impl Externals {
    fn judge_scope(&self, judge: &Judge<'_>, rules: &Rules, scope: NodeId) -> Vec<Violation> {
        let graph = judge.graph;
        let mut violations = Vec::new();
        for node in members(&judge.set(&[scope])) {
            let mut seen: Vec<(NodeId, bool)> = Vec::new();
            for id in graph.outgoing[node].iter().copied().filter(|id| judge.admits(*id)) {
                let edge = &graph.edges[id];
                if !is_foreign(judge, node, edge.to) || seen.contains(&(edge.to, edge.is_direct())) {
                    continue;
                }
                let path = judge.path(edge.to);
                let what = match rules.on(path) {
                    Ruling::Denied(by) => by,
                    Ruling::Unlisted if counts_as_mention(judge, edge) => {
                        path.split("::").next().unwrap_or_default().to_owned()
                    }
                    _ => continue,
                };
                seen.push((edge.to, edge.is_direct()));
                let rule = format!("{} must not name {what}", judge.path(scope));
                violations.push(judge.violation(rule, &[id]));
            }
        }
        if !self.allow_indirect_imports {
            violations.extend(indirect(judge, rules, scope));
        }
        violations
    }
}

/// What is denied and reached through modules of the same crate that are not judged themselves.
fn indirect(judge: &Judge<'_>, rules: &Rules, scope: NodeId) -> Vec<Violation> {
    let graph = judge.graph;
    let denied: Vec<bool> = (0..graph.nodes.len())
        .map(|node| is_foreign(judge, scope, node) && matches!(rules.on(judge.path(node)), Ruling::Denied(_)))
        .collect();
    if members(&denied).next().is_none() {
        return Vec::new();
    }
    let sources = judge.set(&[scope]);
    let own = |node: NodeId| !is_foreign(judge, scope, node);
    let chains = judge.chains(&sources, &denied, &own, true);
    let longer = chains.into_iter().filter(|chain| chain.len() > 1);
    longer
        .map(|chain| {
            let last = chain.last().map_or(scope, |edge| graph.edges[*edge].to);
            let by = match rules.on(judge.path(last)) {
                Ruling::Denied(by) => by,
                _ => judge.path(last).to_owned(),
            };
            judge.violation(format!("{} must not name {by}", judge.path(scope)), &chain)
        })
        .collect()
}

/// Whether a node belongs to another package.
pub(super) fn is_foreign(judge: &Judge<'_>, from: NodeId, to: NodeId) -> bool {
    judge.graph.nodes[to].kind == NodeKind::External || package(judge.path(from)) != package(judge.path(to))
}

/// The first segment, without the kind of target.
fn package(path: &str) -> &str {
    let root = path.split("::").next().unwrap_or_default();
    root.split('(').next().unwrap_or_default()
}

/// What is in scope anyway is not mentioned, nor what another crate re-exports.
fn counts_as_mention(judge: &Judge<'_>, edge: &Edge) -> bool {
    let prelude = edge.kind == EdgeKind::Prelude
        || edge.kind == EdgeKind::Derive && judge.path(edge.to).starts_with("std::prelude::");
    !prelude && edge.via.iter().all(|hop| !is_foreign(judge, edge.from, hop.node))
}
