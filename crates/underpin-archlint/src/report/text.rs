//! The report for people: verdicts first, then chains with the places where they stand.

use crate::graph::{Chain, Step};

use super::{Judged, Report};

/// More violations of one contract are counted, not shown.
const MOST_SHOWN: usize = 50;

pub(super) fn write(report: &Report) -> String {
    let mut text = format!(
        "Analysed {}, {}, {} in {} ms.\n\n",
        count(report.crates, "crate"),
        count(report.modules, "module"),
        count(report.dependencies, "dependency"),
        report.milliseconds
    );
    let width = report.contracts.iter().map(|contract| contract.id.chars().count()).max().unwrap_or(0);
    for contract in &report.contracts {
        let verdict = if contract.violations.is_empty() { "KEPT" } else { "BROKEN" };
        let accepted = match contract.accepted {
            0 => String::new(),
            number => format!(" ({number} in the baseline)"),
        };
        text += &format!("  {:<width$}   {verdict}{accepted}\n", contract.id);
    }
    let broken: Vec<&Judged> =
        report.contracts.iter().filter(|contract| !contract.violations.is_empty()).collect();
    for contract in &broken {
        text += &violations(contract);
    }
    if !report.not_analysed.is_empty() {
        text += "\nNot analysed:\n";
        for place in &report.not_analysed {
            text += &format!("  {}:{}: {}\n", place.file, place.line, place.what);
        }
    }
    let kept = report.contracts.len() - broken.len();
    text + &format!("\nContracts: {kept} kept, {} broken.\n", broken.len())
}

fn violations(contract: &Judged) -> String {
    let mut text = String::new();
    let mut rule = None;
    for violation in contract.violations.iter().take(MOST_SHOWN) {
        if rule != Some(&violation.rule) {
            text += &format!("\n{}: {}\n", contract.id, violation.rule);
            rule = Some(&violation.rule);
        }
        text += &chain(&violation.chain);
        if !violation.also.is_empty() {
            let also: Vec<String> = violation
                .also
                .iter()
                .map(|step| format!("{} ({}:{})", step.from, step.file, step.line))
                .collect();
            text += &format!("    & also from {}\n", also.join(", "));
        }
        if let Some(hint) = &violation.hint {
            text += &format!("  hint: {hint}\n");
        }
    }
    if contract.violations.len() > MOST_SHOWN {
        text += &format!("  … and {} more\n", contract.violations.len() - MOST_SHOWN);
    }
    for note in &contract.notes {
        text += &format!("  note: {note}\n");
    }
    if let Some(reason) = &contract.reason {
        text += &format!("  why:  {reason}\n");
    }
    if let Some(hint) = &contract.hint {
        text += &format!("  hint: {hint}\n");
    }
    text
}

/// A chain, one import a line.
pub(crate) fn chain(chain: &Chain) -> String {
    let indent = chain.steps.first().map_or(0, |step| step.from.chars().count());
    let ends: Vec<String> = chain
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let from = if at == 0 { step.from.clone() } else { " ".repeat(indent) };
            format!("{from} -> {}", step.to)
        })
        .collect();
    let width = ends.iter().map(|end| end.chars().count()).max().unwrap_or(0);
    let line = |(end, step): (&String, &Step)| {
        let features = match step.features.len() {
            0 => String::new(),
            _ => format!(", feature {}", step.features.join(" and ")),
        };
        let test = if step.test { ", tests only" } else { "" };
        format!("  {end:<width$}   {}:{}  ({}{features}{test})\n", step.file, step.line, step.kind)
    };
    ends.iter().zip(&chain.steps).map(line).collect()
}

fn count(number: usize, what: &str) -> String {
    match (number, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {what}s"),
    }
}
