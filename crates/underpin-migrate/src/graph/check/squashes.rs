//! A squash stands where stood what it replaces.

use std::collections::BTreeSet;

use super::refused;
use crate::graph::edges::{Along, Edges};
use crate::graph::listing::listed;
use crate::graph::names::Names;
use crate::graph::squash::{Squash, Squashes};
use crate::{Result, Revision};

/// Checks the squashes of a graph. In `apart` none of them stands, if what it replaces has files; in `squashed` all
/// of them do.
pub(in crate::graph) fn squashes(
    revisions: &[Revision],
    names: &Names,
    squashes: &Squashes,
    apart: &Edges,
    squashed: &Edges,
) -> Result<()> {
    for squash in squashes.iter().filter(|squash| squash.gone.is_empty()) {
        let inside: BTreeSet<usize> = squashes.inside(squash).into_iter().collect();
        check_whole(revisions, squash, &inside, apart)?;
        check_parents(revisions, names, squashes, squash, &inside, squashed)?;
    }
    super::cycles(revisions, squashed)?;
    for squash in squashes.iter().filter(|squash| squash.gone.is_empty()) {
        check_dependencies(revisions, names, squashes, squash, squashed)?;
    }
    Ok(())
}

/// Nothing else stands between what it replaces.
fn check_whole(
    revisions: &[Revision],
    squash: &Squash,
    inside: &BTreeSet<usize>,
    apart: &Edges,
) -> Result<()> {
    let above = apart.above(inside.iter().copied(), Along::All);
    let below = apart.below(inside.iter().copied(), Along::All);
    let between: Vec<_> = above.keep(|at| below.contains(at) && !inside.contains(&at)).iter().collect();
    if between.is_empty() {
        return Ok(());
    }
    let between = listed(between.into_iter().map(|at| &revisions[at]));
    Err(refused(
        &revisions[squash.at],
        format!("{between} stands between the revisions that it replaces"),
        "replace that too, or fewer others",
    ))
}

/// It revises what they revise outside of them.
fn check_parents(
    revisions: &[Revision],
    names: &Names,
    squashes: &Squashes,
    squash: &Squash,
    inside: &BTreeSet<usize>,
    squashed: &Edges,
) -> Result<()> {
    let parents = |at: usize| revisions[at].revises().iter().filter_map(|name| names.parent(name));
    let outside = inside.iter().flat_map(|at| parents(*at)).filter(|at| !inside.contains(at));
    let stand_ins = |of: Vec<usize>| {
        let mut found = Vec::new();
        of.into_iter().for_each(|at| squashes.stand_ins(at, &squashed.standing, &mut found));
        found.into_iter().collect::<BTreeSet<usize>>()
    };
    let outside = stand_ins(outside.collect());
    if stand_ins(parents(squash.at).collect()) == outside {
        return Ok(());
    }
    let ids: Vec<_> = outside.iter().map(|at| revisions[*at].id()).collect();
    let ids = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
    Err(refused(
        &revisions[squash.at],
        "it does not revise what the revisions that it replaces revise",
        format!("write `-- revises: {ids}`"),
    ))
}

/// It depends on what they depend on.
fn check_dependencies(
    revisions: &[Revision],
    names: &Names,
    squashes: &Squashes,
    squash: &Squash,
    squashed: &Edges,
) -> Result<()> {
    let mut own = Vec::new();
    squashes.stand_ins(squash.at, &squashed.standing, &mut own);
    let below = squashed.below(own, Along::All);
    for inner in squashes.inside(squash) {
        for name in revisions[inner].depends_on() {
            let mut needed = Vec::new();
            for dependency in names.dependency(name) {
                squashes.stand_ins(dependency, &squashed.standing, &mut needed);
            }
            if !needed.iter().all(|at| below.contains(*at)) {
                return Err(refused(
                    &revisions[squash.at],
                    format!(
                        "{}, which it replaces, depends on `{name}`, and it does not",
                        revisions[inner].file()
                    ),
                    format!("add `-- depends_on: {name}`"),
                ));
            }
        }
    }
    Ok(())
}
