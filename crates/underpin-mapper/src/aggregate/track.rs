//! Registering what shall become of the parts of a row. Nothing is sent.

use underpin_core::{ColumnSet, Error, OwnedRow, Result};
use underpin_schema::Table;

use super::Tree;
use super::part::{Node, Part};
use crate::identity::{IdentityMap, State};
use crate::relation::Relation;

/// The parts of a row, ordered by key; those whose keys the database has yet to make come last.
pub(super) fn known<D: Part, P: Table>(map: &mut IdentityMap, parent: usize) -> Result<D::Rows> {
    let link = known_link::<D, P>(map, parent)?;
    let mut parts = map.links(link).owned(parent);
    let set = map.set::<D::Row>()?;
    parts.retain(|part| set.is_live(*part));
    set.sort_for_reading(&mut parts);
    let mut nodes: Vec<Node<D>> = Vec::with_capacity(parts.len());
    for part in parts {
        let Some(row) = map.set::<D::Row>()?.row(part).map(Table::duplicate) else { continue };
        nodes.push(D::Parts::join(row, D::Parts::known::<D::Row>(map, part)?));
    }
    D::pack(nodes, P::def())
}

/// Registers what the parts of a row shall be: new ones are added, changed ones saved, missing ones removed.
pub(super) fn put<D: Part, P: Table>(map: &mut IdentityMap, parent: usize, rows: D::Rows) -> Result<bool> {
    let link = known_link::<D, P>(map, parent)?;
    let relation = map.links(link).relation();
    let key = key_of::<P>(map, parent, &relation)?;
    let refers = ColumnSet::of(relation.columns);
    let keyless = key.is_none() && !D::Row::def().key().intersection(refers).is_empty();
    let nodes = D::unpack(rows);
    map.links(link).open(parent, nodes.len());
    let mut changed = false;
    for node in nodes {
        let (mut row, below) = D::Parts::split(node);
        if let Some(key) = &key {
            refer(&mut row, &relation, key)?;
        }
        let part = map.set::<D::Row>()?.put(row, keyless)?;
        if key.is_none() {
            map.set::<D::Row>()?.write_anyway(part, refers);
            map.links(link).settle_later(parent, part);
        }
        if !map.links(link).join(parent, part) {
            return Err(twice::<D, P>(map, part));
        }
        changed |= D::Parts::put::<D::Row>(map, part, below)?;
    }
    for part in map.links(link).left_behind(parent) {
        remove_one::<D>(map, part, &relation, key.as_ref())?;
    }
    let (links, sets) = map.links_and_sets(link);
    let settled = |state| matches!(state, State::Clean | State::Gone | State::Outdated);
    let dirty = |part: &usize| !settled(links.state_of(sets, *part));
    Ok(changed || links.ever(parent).iter().any(dirty))
}

/// Takes in the parts of a row that were loaded elsewhere.
pub(super) fn attach<D: Part, P: Table>(map: &mut IdentityMap, parent: usize, rows: D::Rows) -> Result<()> {
    let link = map.link::<P, D::Row, D::Via>()?;
    let relation = map.links(link).relation();
    let key = key_of::<P>(map, parent, &relation)?;
    let nodes = D::unpack(rows);
    map.links(link).open(parent, nodes.len());
    for node in nodes {
        let (mut row, below) = D::Parts::split(node);
        if let Some(key) = &key {
            refer(&mut row, &relation, key)?;
        }
        let part = map.set::<D::Row>()?.attach(row)?;
        map.links(link).join(parent, part);
        D::Parts::attach::<D::Row>(map, part, below)?;
    }
    Ok(())
}

/// Registers the removal of the parts of a row.
pub(super) fn remove<D: Part, P: Table>(map: &mut IdentityMap, parent: usize) -> Result<()> {
    let link = known_link::<D, P>(map, parent)?;
    let relation = map.links(link).relation();
    let key = key_of::<P>(map, parent, &relation)?;
    for part in map.links(link).owned(parent) {
        remove_one::<D>(map, part, &relation, key.as_ref())?;
    }
    Ok(())
}

/// Removes a part and its parts, unless it has been given to another parent by somebody else.
fn remove_one<D: Part>(
    map: &mut IdentityMap,
    part: usize,
    relation: &Relation,
    key: Option<&OwnedRow>,
) -> Result<()> {
    let set = map.set::<D::Row>()?;
    if !set.is_live(part) {
        return Ok(());
    }
    if let Some(key) = key
        && set.cells_of(part, relation.columns)? != key.0
    {
        return Ok(());
    }
    D::Parts::remove::<D::Row>(map, part)?;
    map.set::<D::Row>()?.remove_at(part);
    Ok(())
}

/// The link to parts that are known, or will be because their parent is new.
fn known_link<D: Part, P: Table>(map: &mut IdentityMap, parent: usize) -> Result<usize> {
    let link = map.link::<P, D::Row, D::Via>()?;
    if map.links(link).knows(parent) {
        return Ok(link);
    }
    let set = map.set::<P>()?;
    if set.is_added(parent) {
        return Ok(link);
    }
    let key = set.row(parent).map(Table::key);
    Err(Error::usage(
        format!(
            "the parts in table {} of the row of table {} with key {key:?} were not loaded in this unit of work",
            D::Row::def().name,
            P::def().name
        ),
        "load the whole aggregate with `get` or `select`, or take it in with `attach`",
    ))
}

/// What the parts of a row refer to, if it is known before the row is inserted.
fn key_of<P: Table>(map: &mut IdentityMap, parent: usize, relation: &Relation) -> Result<Option<OwnedRow>> {
    let set = map.set::<P>()?;
    if set.has_yet_to_get(parent, &relation.targets) {
        return Ok(None);
    }
    set.cells_of(parent, &relation.targets).map(|cells| Some(OwnedRow(cells)))
}

fn refer<R: Table>(row: &mut R, relation: &Relation, key: &OwnedRow) -> Result<()> {
    for (cell, column) in relation.columns.iter().enumerate() {
        let assigned = row.assign(*column, key, cell);
        assigned.map_err(|why| Error::value(R::def().name, R::def().columns[*column].name, why))?;
    }
    Ok(())
}

fn twice<D: Part, P: Table>(map: &mut IdentityMap, part: usize) -> Error {
    let key = map.set::<D::Row>().ok().and_then(|set| set.row(part).map(Table::key));
    Error::usage(
        format!(
            "a row of table {} has two parts in table {} with one key, {key:?}",
            P::def().name,
            D::Row::def().name
        ),
        "give each part a key of its own",
    )
}
