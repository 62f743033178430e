//! Why one module depends on another: the shortest chains.

use crate::{
    Graph, Problem, Result,
    config::Settings,
    contract::Judge,
    graph::{Chain, EdgeId, NodeId},
};

/// More chains than this are counted, not shown.
const MOST_SHOWN: usize = 10;

/// The shortest chains from a module, or anything in it, to another; shorter ones first.
pub(crate) struct Answer {
    pub chains: Vec<Chain>,
    /// How many more there are.
    pub more: usize,
}

/// Looks for chains. Imports of tests count only if there are no others.
pub(crate) fn why(graph: &Graph, from: &str, to: &str) -> Result<Answer> {
    let mut chains = chains(graph, from, to, false)?;
    if chains.is_empty() {
        chains = self::chains(graph, from, to, true)?;
    }
    let more = chains.len().saturating_sub(MOST_SHOWN);
    chains.truncate(MOST_SHOWN);
    Ok(Answer { chains, more })
}

fn chains(graph: &Graph, from: &str, to: &str, tests: bool) -> Result<Vec<Chain>> {
    let settings = Settings { include_tests: tests, include_build: tests, ..Settings::default() };
    let judge = Judge { graph, settings: &settings, ignored: Vec::new() };
    let sources = judge.set(&node(graph, from, &judge)?);
    let mut targets = judge.set(&node(graph, to, &judge)?);
    // A module inside the other one is asked about by itself.
    targets.iter_mut().zip(&sources).for_each(|(target, source)| *target &= !source);
    let found: Vec<Vec<EdgeId>> = judge.chains(&sources, &targets, &|_| true, true);
    let mut chains: Vec<Chain> = found.iter().map(|edges| Chain::of(graph, edges)).collect();
    chains.sort_by(|a, b| (a.steps.len(), a).cmp(&(b.steps.len(), b)));
    chains.dedup();
    Ok(chains)
}

fn node(graph: &Graph, path: &str, judge: &Judge<'_>) -> Result<Vec<NodeId>> {
    match graph.find(path) {
        Some(node) => Ok(vec![node]),
        None => judge.targets("why", path).map_err(|problem| {
            let Problem { what, hint, .. } = problem;
            Problem::new(what.trim_start_matches("`why`: ").to_owned(), hint).into()
        }),
    }
}
