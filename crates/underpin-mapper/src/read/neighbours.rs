//! Entities on the other end of a foreign key, for many at once.

use std::collections::HashMap;
use std::hash::Hash;

use underpin_core::{Datum, Error, OwnedRow, Result, Value};
use underpin_schema::{Store, Table};
use underpin_sql::{Column, Nullness, Runner};

use super::{EntitySelect, IntoKey, IntoOptionalKey, Lookup, select};
use crate::Aggregate;

/// Each key once.
pub(crate) fn distinct<K: Ord>(keys: impl IntoIterator<Item = impl IntoOptionalKey<K>>) -> Vec<K> {
    let mut keys: Vec<K> = keys.into_iter().filter_map(IntoOptionalKey::into_optional_key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Entities by their own keys.
pub(crate) fn by_key<S, E: Aggregate<S> + Send>(entities: Vec<E>) -> HashMap<<E::Row as Table>::Key, E> {
    entities.into_iter().map(|entity| (entity.to_rows().0.key(), entity)).collect()
}

/// The entities of which a column holds one of the values, by that value and in the order of their keys.
pub(crate) fn children<'a, S: Store, E: Aggregate<S> + Send, V: Value + Eq + Hash, N: Nullness>(
    runner: impl Runner + 'a,
    column: Column<E::Row, V, N>,
    of: impl IntoIterator<Item = impl IntoKey<V>>,
) -> Lookup<'a, HashMap<V, Vec<E>>> {
    let of: Vec<V> = of.into_iter().map(IntoKey::into_key).collect();
    let query = select::<S, E, _>(runner).filter(column.is_in(of));
    Lookup::asked(grouped(query, column))
}

async fn grouped<S: Store, E: Aggregate<S> + Send, V: Value + Eq + Hash, N: Nullness>(
    query: EntitySelect<S, E, impl Runner>,
    column: Column<E::Row, V, N>,
) -> Result<HashMap<V, Vec<E>>> {
    let def = E::Row::def();
    let mut grouped: HashMap<V, Vec<E>> = HashMap::new();
    let mut entities = query.all().await?;
    entities.sort_by_cached_key(|entity| entity.to_rows().0.key());
    for entity in entities {
        let (row, _) = entity.to_rows();
        let position = column.position();
        let ty = def.columns[position].ty;
        let value = Datum::take(ty, |out| row.encode(position, out))
            .and_then(|datum| V::decode(&OwnedRow(vec![datum]), 0))
            .map_err(|why| Error::value(def.name, column.name(), why))?;
        grouped.entry(value).or_default().push(entity);
    }
    Ok(grouped)
}
