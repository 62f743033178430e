//! Registering what shall become of the parts of a row. Nothing is sent.

use underpin_core::{ColumnSet, Error, OwnedRow, Result};
use underpin_schema::{Node, Table};

use super::Parts;
use super::part::Part;
use crate::identity::{IdentityMap, TableSet};

/// The parts of a row, ordered by key; those whose keys the database has yet to make come last.
pub(super) fn known<D: Part, P: Table>(map: &mut IdentityMap, parent: usize) -> Result<D> {
    let link = known_link::<D, P>(map, parent)?;
    let (links, set) = map.links_and_parts::<D::Row>(link)?;
    let mut parts: Vec<usize> = links.owned(parent).filter(|part| set.is_live(*part)).collect();
    set.sort_for_reading(&mut parts);
    let mut nodes: Vec<D::Node> = Vec::with_capacity(parts.len());
    let mut deeper = Vec::with_capacity(if D::Parts::NONE { 0 } else { parts.len() });
    for part in parts {
        let Some(row) = set.row(part).map(Table::duplicate) else { continue };
        match D::Parts::nothing() {
            Some(none) => nodes.push(D::Node::join(row, none)),
            None => deeper.push((part, row)),
        }
    }
    for (part, row) in deeper {
        nodes.push(D::Node::join(row, D::Parts::known::<D::Row>(map, part)?));
    }
    D::pack(nodes, P::def())
}

/// Registers what the parts of a row shall be: new ones are added, changed ones saved, missing ones removed.
pub(super) fn put<D: Part, P: Table>(map: &mut IdentityMap, parent: usize, rows: D) -> Result<bool> {
    let link = known_link::<D, P>(map, parent)?;
    let columns = map.links(link).columns();
    let key = key_of::<P>(map, link, parent)?;
    let refers = ColumnSet::of(columns);
    let keyless = key.is_none() && !D::Row::def().key().intersection(refers).is_empty();
    let nodes = rows.unpack();
    if !map.links(link).knows(parent) {
        D::Parts::make_room(map, &nodes)?;
    }
    let (links, set) = map.links_and_parts::<D::Row>(link)?;
    links.open(parent);
    let mut deeper = Vec::with_capacity(if D::Parts::NONE { 0 } else { nodes.len() });
    for node in nodes {
        let (mut row, below) = node.split();
        if let Some(key) = &key {
            refer(&mut row, columns, key)?;
        }
        let part = set.put(row, keyless)?;
        if key.is_none() {
            set.write_anyway(part, refers);
            links.settle_later(parent, part);
        }
        if !links.join(parent, part) {
            return Err(twice::<D, P>(set, part));
        }
        if !D::Parts::NONE {
            deeper.push((part, below));
        }
    }
    let left_behind = links.left_behind(parent);
    let mut changed = false;
    for (part, below) in deeper {
        changed |= D::Parts::put::<D::Row>(map, part, below)?;
    }
    for part in left_behind {
        remove_one::<D>(map, part, columns, key.as_ref())?;
    }
    let (links, set) = map.links_and_parts::<D::Row>(link)?;
    Ok(changed || links.ever(parent).any(|part| set.is_pending(part)))
}

/// Makes room for so many parts of so many rows.
pub(super) fn make_room<D: Part, P: Table>(
    map: &mut IdentityMap,
    parents: usize,
    parts: usize,
) -> Result<()> {
    let link = map.link::<P, D::Row, D::Via>()?;
    let (links, set) = map.links_and_parts::<D::Row>(link)?;
    links.reserve(parents, parts);
    set.reserve(parts);
    Ok(())
}

/// Takes in the parts of a row that were loaded elsewhere.
pub(super) fn attach<D: Part, P: Table>(map: &mut IdentityMap, parent: usize, rows: D) -> Result<()> {
    let link = map.link::<P, D::Row, D::Via>()?;
    let columns = map.links(link).columns();
    let key = key_of::<P>(map, link, parent)?;
    let nodes = rows.unpack();
    D::Parts::make_room(map, &nodes)?;
    let (links, set) = map.links_and_parts::<D::Row>(link)?;
    links.open(parent);
    let first = set.len();
    let mut deeper = Vec::with_capacity(if D::Parts::NONE { 0 } else { nodes.len() });
    let mut attach = |node: D::Node| {
        let (mut row, below) = node.split();
        if let Some(key) = &key {
            refer(&mut row, columns, key)?;
        }
        let part = set.attach(row)?;
        if part < first {
            // Known by its key, and nothing more.
            links.join(parent, part);
        }
        if !D::Parts::NONE {
            deeper.push((part, below));
        }
        Ok(())
    };
    let attached: Result<()> = nodes.into_iter().try_for_each(&mut attach);
    links.join_new(parent, first..set.len());
    attached?;
    for (part, below) in deeper {
        D::Parts::attach::<D::Row>(map, part, below)?;
    }
    Ok(())
}

/// Registers the removal of the parts of a row.
pub(super) fn remove<D: Part, P: Table>(map: &mut IdentityMap, parent: usize) -> Result<()> {
    let link = known_link::<D, P>(map, parent)?;
    let columns = map.links(link).columns();
    let key = key_of::<P>(map, link, parent)?;
    let parts: Vec<usize> = map.links(link).owned(parent).collect();
    for part in parts {
        remove_one::<D>(map, part, columns, key.as_ref())?;
    }
    Ok(())
}

/// Removes a part and its parts, unless it has been given to another parent by somebody else.
fn remove_one<D: Part>(
    map: &mut IdentityMap,
    part: usize,
    columns: &[usize],
    key: Option<&OwnedRow>,
) -> Result<()> {
    let set = map.set::<D::Row>()?;
    if !set.is_live(part) {
        return Ok(());
    }
    if let Some(key) = key
        && set.cells_of(part, columns)? != key.0
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
fn key_of<P: Table>(map: &mut IdentityMap, link: usize, parent: usize) -> Result<Option<OwnedRow>> {
    let (links, set) = map.links_and_parents::<P>(link)?;
    if set.has_yet_to_get(parent, links.targets()) {
        return Ok(None);
    }
    set.cells_of(parent, links.targets()).map(|cells| Some(OwnedRow(cells)))
}

fn refer<R: Table>(row: &mut R, columns: &[usize], key: &OwnedRow) -> Result<()> {
    for (cell, column) in columns.iter().enumerate() {
        let assigned = row.assign(*column, key, cell);
        assigned.map_err(|why| Error::value(R::def().name, R::def().columns[*column].name, why))?;
    }
    Ok(())
}

fn twice<D: Part, P: Table>(set: &TableSet<D::Row>, part: usize) -> Error {
    let key = set.row(part).map(Table::key);
    Error::usage(
        format!(
            "a row of table {} has two parts in table {} with one key, {key:?}",
            P::def().name,
            D::Row::def().name
        ),
        "give each part a key of its own",
    )
}
