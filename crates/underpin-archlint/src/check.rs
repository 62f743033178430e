//! Judges every contract of a file.

use std::{path::Path, time::Instant};

use crate::{
    Error, Graph, Problem, Result,
    baseline::Baseline,
    config::{Config, Date, Entry},
    contract::{Judge, Violation, grouped},
    graph::Pattern,
    project,
    report::{Judged, Report},
};

/// Reads a file of contracts and the code that it is about, and judges each contract.
///
/// # Errors
/// Whatever keeps a contract from being judged: see [`Error`]. A broken contract is no error but part of the
/// report.
pub fn check(config: &Path) -> Result<Report> {
    check_at(config, Date::today())
}

pub(crate) fn check_at(config: &Path, today: Date) -> Result<Report> {
    let start = Instant::now();
    let config = Config::read(config)?;
    let graph = project::of_config(&config)?;
    let baseline = Baseline::of(&config)?;
    let judging = Instant::now();
    let mut report = judge(&config, &graph, &baseline, today)?;
    report.judging = judging.elapsed();
    report.milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(report)
}

/// Judges the contracts of a file on a graph.
pub(crate) fn judge(config: &Config, graph: &Graph, baseline: &Baseline, today: Date) -> Result<Report> {
    let mut problems = Vec::new();
    let mut contracts = Vec::new();
    for entry in &config.contracts {
        match judge_entry(config, graph, entry, today) {
            Ok((violations, notes)) => {
                let (accepted, rest) = baseline.sort(&entry.id, violations);
                contracts.push(Judged {
                    id: entry.id.clone(),
                    kind: entry.kind.clone(),
                    line: entry.line,
                    reason: entry.reason.clone(),
                    hint: entry.hint.clone(),
                    accepted,
                    violations: grouped(rest),
                    notes,
                });
            }
            Err(found) => {
                for problem in found {
                    let Problem { what, hint, .. } = problem;
                    let named = Problem::new(format!("contract `{}`: {what}", entry.id), hint);
                    problems.push(named.in_file(&config.shown).at_line(entry.line));
                }
            }
        }
    }
    if problems.is_empty() {
        problems.extend(baseline.stale());
    }
    if !problems.is_empty() {
        return Err(Error::of(problems));
    }
    Ok(Report::new(graph, &config.shown, contracts))
}

/// All violations of one contract, those of the baseline included.
pub(crate) fn judge_entry(
    config: &Config,
    graph: &Graph,
    entry: &Entry,
    today: Date,
) -> std::result::Result<(Vec<Violation>, Vec<String>), Vec<Problem>> {
    let (ignored, notes) = ignored(graph, entry, today)?;
    let judge = Judge { graph, settings: &config.settings, ignored };
    let violations = entry.contract.judge(&judge)?;
    Ok((violations, notes))
}

/// The imports that exceptions hide, and what is to be said about the exceptions.
fn ignored(
    graph: &Graph,
    entry: &Entry,
    today: Date,
) -> std::result::Result<(Vec<bool>, Vec<String>), Vec<Problem>> {
    let mut ignored = vec![false; if entry.ignore.is_empty() { 0 } else { graph.edges.len() }];
    let mut notes = Vec::new();
    let mut problems = Vec::new();
    for ignore in &entry.ignore {
        let (from, to) = (Pattern::new(&ignore.from), Pattern::new(&ignore.to));
        let path = |node: usize| graph.nodes[node].path.as_str();
        let ended = ignore.has_ended(today);
        let mut matched = false;
        for (id, edge) in graph.edges.iter().enumerate() {
            let stops = [edge.from].into_iter().chain(edge.via.iter().map(|hop| hop.node)).chain([edge.to]);
            let stops: Vec<usize> = stops.collect();
            let hit = stops.windows(2).any(|hop| from.matches(path(hop[0])) && to.matches(path(hop[1])));
            matched |= hit;
            ignored[id] |= hit && !ended;
        }
        if !matched {
            let what = format!("the exception for {} -> {} matches no import", ignore.from, ignore.to);
            problems.push(Problem::new(what, "take it out, or correct its names"));
        } else if let (true, Some(until)) = (ended, &ignore.until) {
            notes.push(format!(
                "the exception for {} -> {} ended with {until}: {}",
                ignore.from, ignore.to, ignore.reason
            ));
        }
    }
    if problems.is_empty() { Ok((ignored, notes)) } else { Err(problems) }
}
