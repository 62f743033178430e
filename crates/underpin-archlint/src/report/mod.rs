//! What came out: verdicts and violations, in several forms.

mod github;
mod json;
mod sarif;
mod text;

use std::time::Duration;

use serde::Serialize;

use crate::{Graph, contract::Violation, graph::NodeKind, tree::Unread};

pub(crate) use text::chain;

/// The verdict on every contract of a file.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The file of contracts.
    pub config: String,
    /// How many crates were looked at.
    pub crates: usize,
    /// How many modules.
    pub modules: usize,
    /// How many pairs of modules one of which imports the other.
    pub dependencies: usize,
    /// How many lines.
    pub lines: usize,
    /// How long it took.
    pub milliseconds: u64,
    /// How long the contracts took of it.
    #[serde(skip)]
    pub judging: Duration,
    pub(crate) contracts: Vec<Judged>,
    pub(crate) not_analysed: Vec<NotAnalysed>,
}

/// The verdict on one contract.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Judged {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub line: u32,
    pub reason: Option<String>,
    pub hint: Option<String>,
    /// Violations that the baseline accepts.
    pub accepted: usize,
    pub violations: Vec<Violation>,
    /// Exceptions that have ended.
    pub notes: Vec<String>,
}

/// A place that could not be followed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NotAnalysed {
    pub file: String,
    pub line: u32,
    pub what: String,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReportFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For code scanning.
    Sarif,
    /// Annotations of GitHub's workflows.
    Github,
}

impl Report {
    pub(crate) fn new(graph: &Graph, config: &str, contracts: Vec<Judged>) -> Self {
        let internal = |node: usize| graph.nodes[node].kind != NodeKind::External;
        let mut pairs: Vec<(usize, usize)> = graph
            .edges
            .iter()
            .filter(|edge| internal(edge.from) && internal(edge.to))
            .map(|edge| (edge.from, edge.to))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let not_analysed = |Unread { file, line, what }: Unread| NotAnalysed { file, line, what };
        Self {
            config: config.to_owned(),
            crates: graph.crates().count(),
            modules: graph.modules().count(),
            dependencies: pairs.len(),
            lines: graph.lines,
            milliseconds: 0,
            judging: Duration::ZERO,
            contracts,
            not_analysed: graph.unread.iter().cloned().map(not_analysed).collect(),
        }
    }

    /// No contract is broken.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.contracts.iter().all(|contract| contract.violations.is_empty())
    }

    /// The names of the broken contracts.
    pub fn broken(&self) -> impl Iterator<Item = &str> {
        let broken = self.contracts.iter().filter(|contract| !contract.violations.is_empty());
        broken.map(|contract| contract.id.as_str())
    }

    /// The report in a form.
    #[must_use]
    pub fn write(&self, format: ReportFormat) -> String {
        match format {
            ReportFormat::Text => text::write(self),
            ReportFormat::Json => json::write(self),
            ReportFormat::Sarif => sarif::write(self),
            ReportFormat::Github => github::write(self),
        }
    }
}
