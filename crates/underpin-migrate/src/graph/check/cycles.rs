//! No revision stands on itself by way of others.

use super::refused;
use crate::graph::edges::{Along, Edges};
use crate::{Result, Revision};

pub(in crate::graph) fn cycles(revisions: &[Revision], edges: &Edges) -> Result<()> {
    for along in [Along::Revises, Along::All] {
        if let Some(cycle) = cycle(edges, along) {
            return Err(told(revisions, edges, &cycle));
        }
    }
    Ok(())
}

/// Takes away what stands on nothing that is left; in what remains, every way down leads round.
fn cycle(edges: &Edges, along: Along) -> Option<Vec<usize>> {
    let mut waiting: Vec<usize> = (0..edges.len()).map(|at| edges.down(at, along).count()).collect();
    let mut ready: Vec<usize> = edges.standing.iter().filter(|at| waiting[*at] == 0).collect();
    while let Some(at) = ready.pop() {
        for above in edges.up(at, along) {
            waiting[above] -= 1;
            if waiting[above] == 0 {
                ready.push(above);
            }
        }
    }
    let next = |at: usize| edges.down(at, along).find(|below| waiting[*below] > 0);
    let mut walk = vec![edges.standing.iter().find(|at| waiting[*at] > 0)?];
    while let Some(below) = walk.last().and_then(|at| next(*at)) {
        if let Some(start) = walk.iter().position(|at| *at == below) {
            return Some(walk.split_off(start));
        }
        walk.push(below);
    }
    None
}

fn told(revisions: &[Revision], edges: &Edges, cycle: &[usize]) -> crate::MigrateError {
    let around = cycle.iter().zip(cycle.iter().cycle().skip(1));
    let links = around.map(|(from, to)| {
        let verb = if edges.parents[*from].contains(to) { "revises" } else { "depends on" };
        format!("{} {verb} {}", revisions[*from].file(), revisions[*to].file())
    });
    let links: Vec<_> = links.collect();
    let first = cycle.first().copied().unwrap_or_default();
    refused(
        &revisions[first],
        format!("revisions stand on each other in a cycle: {}", links.join(", ")),
        "let one of them name another parent or dependency, or none",
    )
}
