//! What the table definitions must say for rows to be parts.

use underpin_core::{Error, Result};
use underpin_schema::{Schema, TableDef};

use super::part::Part;
use super::{Aggregate, Parts};
use crate::relation::Relation;
use crate::relation::Via;
use underpin_schema::Table;

/// The way from the root to a part, and what has been met.
#[derive(Default)]
pub struct Path {
    above: Vec<&'static str>,
    met: Vec<(&'static TableDef, &'static [usize])>,
}

/// Refuses an aggregate whose parts cannot be parts, when the schema is built rather than when it is first used.
///
/// Give it to the schema: `Schema::builder().table::<OrderRow>().table::<LineRow>().verify(aggregate::<Db, Order>)`.
///
/// # Errors
/// If a table of its parts has no foreign key to the table above it, or more than one and none is named, stands twice
/// in the aggregate, or is not in the schema.
pub fn aggregate<S, A: Aggregate<S>>(schema: &Schema) -> Result<()> {
    let mut path = Path::default();
    let root = A::Row::def();
    path.above.push(root.name);
    A::Parts::verify(root, &mut path)?;
    for table in path.met.iter().map(|(table, _)| *table).chain([root]) {
        if schema.table(table.name).is_none() {
            return Err(Error::schema(
                format!("table {} of an aggregate is not in the schema", table.name),
                "add it with `Schema::builder().table::<..>()`",
            ));
        }
    }
    Ok(())
}

/// As [`aggregate`], for a schema that has been built.
pub(crate) fn checked<R: Table, P: Parts>() -> Result<()> {
    let mut path = Path::default();
    path.above.push(R::def().name);
    P::verify(R::def(), &mut path)
}

/// Looks at one part.
pub(super) fn part<D: Part>(parent: &'static TableDef, path: &mut Path) -> Result<()> {
    let table = D::Row::def();
    if path.above.contains(&table.name) {
        return Err(Error::schema(
            format!("table {} is among the parts of its own rows", table.name),
            "an aggregate ends somewhere: keep the key of the other row, and load it by `children` or `parents`",
        ));
    }
    let relation = Relation::of(table, parent, D::Via::COLUMNS)?;
    let same = |met: &&(&'static TableDef, &[usize])| met.0.name == table.name && met.1 == relation.columns;
    if path.met.iter().any(|met| same(&met)) {
        return Err(Error::schema(
            format!(
                "table {} stands twice among the parts of one aggregate, with the same foreign key",
                table.name
            ),
            "map each table once, or name another of its foreign keys by `Via`",
        ));
    }
    path.met.push((table, relation.columns));
    path.above.push(table.name);
    D::Parts::verify(table, path)?;
    path.above.pop();
    Ok(())
}
