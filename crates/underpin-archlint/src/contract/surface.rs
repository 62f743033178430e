//! `surface`: whose types may not stand in the public signatures of some modules.

use serde::Deserialize;

use super::{
    Contract, Judge, Problems, Violation,
    externals::is_foreign,
    foreign::{Rules, Ruling, scoped},
    judge::members,
};

/// What public signatures of some modules may name. Public is what says `pub`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Surface {
    #[serde(rename = "in")]
    modules: Vec<String>,
    allow: Option<Vec<String>>,
    #[serde(default)]
    deny: Vec<String>,
}

impl Contract for Surface {
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems> {
        let rules = Rules::new(self.allow.as_deref(), &self.deny, Some(judge));
        let (rules, scopes) = scoped(judge, &self.modules, rules)?;
        let mut violations = Vec::new();
        for scope in scopes {
            for node in members(&judge.set(&[scope])) {
                for id in judge.graph.outgoing[node].iter().copied().filter(|id| judge.admits(*id)) {
                    let edge = &judge.graph.edges[id];
                    if !edge.surface {
                        continue;
                    }
                    let what = match rules.on(judge.path(edge.to)) {
                        Ruling::Denied(by) => by,
                        Ruling::Unlisted if is_foreign(judge, node, edge.to) && edge.is_direct() => {
                            judge.path(edge.to).to_owned()
                        }
                        _ => continue,
                    };
                    let rule = format!("public signatures of {} must not name {what}", judge.path(scope));
                    violations.push(judge.violation(rule, &[id]));
                }
            }
        }
        Ok(violations)
    }
}
