//! What breaks a contract: a sentence and the imports that do it.

use serde::Serialize;

use crate::graph::{Chain, Step};

/// One thing that a contract does not allow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Violation {
    /// What is not allowed, about whole layers or modules.
    pub rule: String,
    /// The imports; none if it is about something that is missing.
    pub chain: Chain,
    /// First imports of other chains that go on in the same way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Step>,
    /// How to mend just this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Violation {
    pub(crate) fn new(rule: impl Into<String>, chain: Chain) -> Self {
        Self { rule: rule.into(), chain, also: Vec::new(), hint: None }
    }

    /// What a baseline knows it by.
    pub(crate) fn ends(&self) -> (&str, &str) {
        self.chain.ends()
    }
}

/// Orders violations and joins those whose chains differ in their first import only.
pub(crate) fn grouped(mut violations: Vec<Violation>) -> Vec<Violation> {
    violations.sort();
    violations.dedup();
    let mut groups: Vec<Violation> = Vec::new();
    for violation in violations {
        let tail = |violation: &Violation| violation.chain.steps.get(1..).map(<[Step]>::to_vec);
        let same = groups.iter_mut().find(|group| {
            group.rule == violation.rule && violation.chain.steps.len() > 1 && tail(group) == tail(&violation)
        });
        match (same, violation.chain.steps.first()) {
            (Some(group), Some(first)) => group.also.push(first.clone()),
            _ => groups.push(violation),
        }
    }
    groups
}
