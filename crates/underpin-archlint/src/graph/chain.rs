//! A chain of imports, step by step, with the places where they stand.

use serde::Serialize;

use super::{EdgeId, Graph};

/// Imports that lead from one module to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Chain {
    pub steps: Vec<Step>,
}

/// One import of a chain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Step {
    pub from: String,
    pub to: String,
    pub item: Option<String>,
    pub file: String,
    pub line: u32,
    pub kind: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
}

impl Chain {
    /// The chain of some edges, re-exports on the way written out.
    pub(crate) fn of(graph: &Graph, edges: &[EdgeId]) -> Self {
        let mut steps = Vec::new();
        for edge in edges.iter().map(|edge| &graph.edges[*edge]) {
            let path = |node: usize| graph.nodes[node].path.clone();
            let file = |file: usize| graph.files.get(file).cloned().unwrap_or_default();
            let mut from = edge.from;
            let mut place = (edge.file, edge.line, edge.kind.to_string());
            for (at, hop) in edge.via.iter().enumerate() {
                steps.push(Step {
                    from: path(from),
                    to: path(hop.node),
                    item: if at == 0 { edge.item.clone() } else { None },
                    file: file(place.0),
                    line: place.1,
                    kind: place.2,
                    features: edge.features.clone(),
                    test: edge.context == super::Context::Test,
                });
                from = hop.node;
                place = (hop.file, hop.line, "re-export".to_owned());
            }
            steps.push(Step {
                from: path(from),
                to: path(edge.to),
                item: edge.item.clone(),
                file: file(place.0),
                line: place.1,
                kind: place.2,
                features: edge.features.clone(),
                test: edge.context == super::Context::Test,
            });
        }
        Self { steps }
    }

    /// The first and the last module.
    pub(crate) fn ends(&self) -> (&str, &str) {
        let first = self.steps.first().map_or("", |step| step.from.as_str());
        (first, self.steps.last().map_or("", |step| step.to.as_str()))
    }
}
