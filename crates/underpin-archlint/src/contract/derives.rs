//! `derives`: which derives some modules may use.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::graph::{EdgeId, EdgeKind};

use super::{
    Contract, Judge, Problems, Violation,
    foreign::{Rules, Ruling, scoped},
    judge::members,
};

/// Derives by their names, or by whole paths.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Derives {
    #[serde(rename = "in")]
    modules: Vec<String>,
    allow: Option<Vec<String>>,
    #[serde(default)]
    deny: Vec<String>,
}

impl Contract for Derives {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let rules = Rules::new(self.allow.as_deref(), &self.deny, None);
        let (rules, scopes) = scoped(judge, &self.modules, rules)?;
        let mut violations = Vec::new();
        for scope in scopes {
            // A derive that is re-exported is known by each of its paths.
            let mut derives: BTreeMap<(usize, u32, String), Vec<(EdgeId, String)>> = BTreeMap::new();
            for node in members(&judge.set(&[scope])) {
                for id in judge.graph.outgoing[node].iter().copied().filter(|id| judge.admits(*id)) {
                    let edge = &judge.graph.edges[id];
                    if edge.kind == EdgeKind::Derive {
                        let path = match &edge.item {
                            Some(item) => format!("{}::{item}", judge.path(edge.to)),
                            None => judge.path(edge.to).to_owned(),
                        };
                        let name = path.rsplit("::").next().unwrap_or_default().to_owned();
                        derives.entry((edge.file, edge.line, name)).or_default().push((id, path));
                    }
                }
            }
            for ((_, _, name), paths) in derives {
                let mut rulings = paths.iter().map(|(_, path)| rules.on(path)).collect::<Vec<_>>();
                rulings.push(rules.on(&name));
                let allowed = rulings.contains(&Ruling::Allowed) && self.allow.is_some();
                let denied = rulings.iter().any(|ruling| matches!(ruling, Ruling::Denied(_)));
                if denied || (self.allow.is_some() && !allowed) {
                    let rule = format!("{} must not derive {name}", judge.path(scope));
                    violations.push(judge.violation(rule, &[paths[0].0]));
                }
            }
        }
        Ok(violations)
    }
}
