//! Finding the foreign key between two tables.

use underpin_core::{Error, Result};
use underpin_schema::{ForeignKeyDef, TableDef};

/// By which columns the rows of one table name those of another.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    /// Positions of the columns that refer, in the table of the parts.
    pub(crate) columns: &'static [usize],
    /// Positions of the columns that they name, in the parent's table.
    pub(crate) targets: Vec<usize>,
}

impl Relation {
    /// The foreign key from `part` to `parent`, or of several the one of the columns `via`.
    ///
    /// # Errors
    /// If there is none, or more than one.
    pub(crate) fn of(part: &'static TableDef, parent: &TableDef, via: &[&str]) -> Result<Self> {
        let to_parent = || part.foreign_keys.iter().filter(|key| key.table == parent.name);
        let asked = |key: &&ForeignKeyDef| via.is_empty() || names(part, key).eq(via.iter().copied());
        let mut found = to_parent().filter(asked);
        let Some(key) = found.next() else { return Err(none(part, parent, via)) };
        if found.next().is_some() {
            let keys = to_parent().map(|key| names(part, key).collect::<Vec<_>>().join(", "));
            return Err(several(part, parent, &keys.collect::<Vec<_>>().join("; ")));
        }
        let targets: Option<Vec<usize>> = key.targets.iter().map(|name| parent.position(name)).collect();
        match targets {
            Some(targets) if targets.len() == key.columns.len() => Ok(Self { columns: key.columns, targets }),
            _ => Err(none(part, parent, via)),
        }
    }
}

fn names(part: &'static TableDef, key: &ForeignKeyDef) -> impl Iterator<Item = &'static str> {
    key.columns.iter().filter_map(|column| part.columns.get(*column)).map(|column| column.name)
}

fn none(part: &TableDef, parent: &TableDef, via: &[&str]) -> Error {
    let (part, parent) = (part.name, parent.name);
    if via.is_empty() {
        return Error::schema(
            format!("table {part} has no foreign key to table {parent}, of whose rows its rows are parts"),
            "add `#[column(references = ..)]` to the field that names the parent",
        );
    }
    Error::schema(
        format!("table {part} has no foreign key of the columns {} to table {parent}", via.join(", ")),
        "let `Via::COLUMNS` name the columns of one, in its order",
    )
}

fn several(part: &TableDef, parent: &TableDef, keys: &str) -> Error {
    Error::schema(
        format!(
            "table {} has more than one foreign key to table {}, of whose rows its rows are parts: {keys}",
            part.name, parent.name
        ),
        "say which one: `By<Which, HasMany<Row>>`, with `impl Via<Row> for Which`",
    )
}
