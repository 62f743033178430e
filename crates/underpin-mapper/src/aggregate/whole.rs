//! Whole entities of rows that were read: with their parts, tracked or not.

use underpin_core::{BoxFuture, Result};
use underpin_schema::Table;
use underpin_sql::driver::Connection;

use super::{Aggregate, Parts, checked};
use crate::entity::MappingError;
use crate::identity::IdentityMap;

/// The entities of root rows that were read; nothing is tracked.
pub(crate) async fn untracked<S, E: Aggregate<S> + Send>(
    connection: &mut dyn Connection,
    rows: Vec<E::Row>,
) -> Result<Vec<E>> {
    checked::<E::Row, E::Parts>()?;
    let parts = E::Parts::read(connection, &rows).await?;
    rows.into_iter().zip(parts).map(|(row, parts)| entity::<S, E>(row, parts)).collect()
}

/// The entities of root rows that were read: the identity map's own versions.
pub(crate) async fn tracked<S, E: Aggregate<S> + Send>(
    connection: &mut dyn Connection,
    map: &mut IdentityMap,
    rows: Vec<E::Row>,
) -> Result<Vec<E>> {
    if E::Parts::NONE {
        return alone::<S, E>(map, rows);
    }
    let set = map.set::<E::Row>()?;
    let roots: Vec<usize> = rows.into_iter().filter_map(|row| set.load(row)).collect();
    load::<S, E>(connection, map, &roots)?.await?;
    roots.into_iter().filter_map(|root| known::<S, E>(map, root).transpose()).collect()
}

/// As [`tracked`], of entities without parts.
pub(crate) fn alone<S, E: Aggregate<S> + Send>(map: &mut IdentityMap, rows: Vec<E::Row>) -> Result<Vec<E>> {
    let set = map.set::<E::Row>()?;
    let mut entities = Vec::with_capacity(rows.len());
    for row in rows {
        let row = set.load(row).and_then(|root| set.row(root)).map(Table::duplicate);
        if let (Some(row), Some(parts)) = (row, E::Parts::nothing()) {
            entities.push(entity::<S, E>(row, parts)?);
        }
    }
    Ok(entities)
}

/// Loads the parts of root rows as far as they are not known.
///
/// # Errors
/// If the table definitions are not those of an aggregate.
pub(crate) fn load<'a, S, E: Aggregate<S> + Send>(
    connection: &'a mut dyn Connection,
    map: &'a mut IdentityMap,
    roots: &'a [usize],
) -> Result<BoxFuture<'a, Result<()>>> {
    map.check_once::<(E::Row, E::Parts)>(checked::<E::Row, E::Parts>)?;
    Ok(E::Parts::load::<E::Row>(connection, map, roots))
}

/// The entity of a root row that is known, as are its parts.
pub(crate) fn known<S, E: Aggregate<S> + Send>(map: &mut IdentityMap, root: usize) -> Result<Option<E>> {
    let parts = E::Parts::known::<E::Row>(map, root)?;
    let Some(row) = map.set::<E::Row>()?.row(root) else { return Ok(None) };
    entity::<S, E>(row.duplicate(), parts).map(Some)
}

/// The entity of its rows.
pub(crate) fn entity<S, E: Aggregate<S> + Send>(row: E::Row, parts: E::Parts) -> Result<E> {
    E::from_rows(row, parts).map_err(MappingError::into_error::<E::Row>)
}
