//! Reading the parts of rows: one statement for each table, whatever the number of rows.

use underpin_core::{ColumnType, Result};
use underpin_schema::{Node, Table, TableDef};
use underpin_sql::driver::{Collect, Connection};
use underpin_sql::{Query, Rows};

use super::Parts;
use super::part::Part;
use crate::identity::IdentityMap;
use crate::relation::{Finder, ParentKeys, Relation, Via};

/// The parts of each of these rows, in their order.
pub(super) async fn parts<D: Part, P: Table>(
    connection: &mut dyn Connection,
    parents: &[P],
) -> Result<Vec<D>> {
    let relation = Relation::of(D::Row::def(), P::def(), D::Via::COLUMNS)?;
    let rows = ask::<D, P>(connection, &relation, parents.iter()).await?;
    let mut finder = Finder::new(&relation, parents.iter().enumerate());
    let owners: Vec<Option<usize>> = rows.iter().map(|row| finder.parent_of(row)).collect();
    let below = D::Parts::read(connection, &rows).await?;
    let mut counts = vec![0; parents.len()];
    owners.iter().flatten().for_each(|owner| counts[*owner] += 1);
    let mut nodes: Vec<Vec<D::Node>> = counts.into_iter().map(Vec::with_capacity).collect();
    for ((row, below), owner) in rows.into_iter().zip(below).zip(owners) {
        if let Some(owner) = owner {
            nodes[owner].push(D::Node::join(row, below));
        }
    }
    nodes.into_iter().map(|nodes| D::pack(nodes, P::def())).collect()
}

/// Takes the parts of these rows into the identity map, as far as they are not known.
pub(super) async fn into_map<D: Part, P: Table>(
    connection: &mut dyn Connection,
    map: &mut IdentityMap,
    parents: &[usize],
) -> Result<()> {
    let link = map.link::<P, D::Row, D::Via>()?;
    let links = map.links(link);
    let relation = links.relation();
    let missing: Vec<usize> = parents.iter().copied().filter(|parent| !links.knows(*parent)).collect();
    if !missing.is_empty() {
        let set = map.set::<P>()?;
        let stored = || missing.iter().filter_map(|parent| Some((*parent, set.stored(*parent)?)));
        let mut finder = Finder::new(&relation, stored());
        let rows = ask::<D, P>(connection, &relation, stored().map(|(_, row)| row)).await?;
        let (links, set) = map.links_and_parts::<D::Row>(link)?;
        set.reserve(rows.len());
        links.reserve(missing.len(), rows.len());
        missing.iter().for_each(|parent| links.open(*parent));
        for row in rows {
            let Some(parent) = finder.parent_of(&row) else { continue };
            let before = set.len();
            let Some(part) = set.load(row) else { continue };
            // The unit of work may have given a row that it knows to another parent.
            let here = part >= before || set.row(part).and_then(|row| finder.parent_of(row)) == Some(parent);
            if here && !links.is_elsewhere(parent, part) {
                links.join(parent, part);
            }
        }
    }
    if D::Parts::NONE {
        return Ok(());
    }
    let (links, set) = map.links_and_parts::<D::Row>(link)?;
    let all = parents.iter().flat_map(|parent| links.owned(*parent));
    let live: Vec<usize> = all.filter(|part| set.is_live(*part)).collect();
    D::Parts::load::<D::Row>(connection, map, &live).await
}

/// Asks for the parts of these rows, in the order of their keys for each of them.
async fn ask<'a, D: Part, P: Table>(
    connection: &mut dyn Connection,
    relation: &'a Relation,
    parents: impl Iterator<Item = &'a P>,
) -> Result<Vec<D::Row>> {
    let table = D::Row::def();
    let keys = ParentKeys::new(relation, table, parents);
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let query = Query::Referring { table, columns: relation.columns, to: &keys };
    let received = connection.fetch(&query, Collect::<D::Row>::with_capacity(keys.len())).await?;
    let mut rows = Collect::<D::Row>::rows(received)?;
    if !ordered_alike(table) {
        rows.sort_by_cached_key(Table::key);
    }
    Ok(rows)
}

/// Whether all databases order the keys of a table as Rust does. Text they order by the rules of some language.
fn ordered_alike(table: &TableDef) -> bool {
    let alike = |column: &usize| {
        matches!(
            table.columns[*column].ty,
            ColumnType::SmallInt
                | ColumnType::Integer
                | ColumnType::BigInt
                | ColumnType::Uuid
                | ColumnType::Bool
                | ColumnType::Date
                | ColumnType::Time
                | ColumnType::Timestamp
                | ColumnType::TimestampTz
        )
    };
    table.primary_key.iter().all(alike)
}
