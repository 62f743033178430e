//! What a driver is asked to fetch.

use std::borrow::Cow;

use underpin_core::{CellError, ColumnType, Error};
use underpin_schema::TableDef;

use super::{Lock, Rows, Select};

/// What a driver is asked to fetch.
#[non_exhaustive]
pub enum Query<'a> {
    /// The rows with these keys, all columns, in any order. One key is the hot path.
    Keys {
        /// The table.
        table: &'static TableDef,
        /// The keys; their cells are `CellOf::Old`.
        keys: &'a dyn Rows,
        /// Whether rows are locked.
        lock: Lock,
    },
    /// The rows that refer to one of these, all columns, ordered by what they refer to, then by primary key.
    Referring {
        /// The table.
        table: &'static TableDef,
        /// Positions of the columns that refer.
        columns: &'static [usize],
        /// What they may hold, none of it twice; the cells are `CellOf::Old` of `columns`.
        to: &'a dyn Rows,
    },
    /// The rows of a query.
    Select(&'a Select),
}

impl Query<'_> {
    /// The table that is read first.
    #[must_use]
    pub fn table(&self) -> &'static TableDef {
        match self {
            Self::Keys { table, .. } | Self::Referring { table, .. } => table,
            Self::Select(select) => select.from.table,
        }
    }

    /// The types of the columns that come back; `None` for all columns of the table.
    #[must_use]
    pub fn types(&self) -> Option<Vec<ColumnType>> {
        match self {
            Self::Select(select) if select.explain => Some(vec![ColumnType::Text]),
            Self::Select(select) if !select.columns.is_empty() => {
                Some(select.columns.iter().map(|tree| tree.ty).collect())
            }
            _ => None,
        }
    }

    /// How the column at a position is called, by table and column: an expression belongs to the first column in it.
    #[must_use]
    pub fn label(&self, position: usize) -> (&'static str, Cow<'static, str>) {
        let table = self.table();
        match self {
            Self::Select(select) if !select.columns.is_empty() => select.label(position),
            _ => (table.name, table.columns.get(position).map_or("", |column| column.name).into()),
        }
    }
}

impl Select {
    /// How the column at a position is called.
    fn label(&self, position: usize) -> (&'static str, Cow<'static, str>) {
        let Some(tree) = self.columns.get(position) else { return (self.from.table.name, "".into()) };
        let table = tree.subject().map_or(self.from.table.name, |column| column.table.name);
        match &tree.node {
            super::Node::Column(column) => (table, column.name().into()),
            _ => (table, tree.to_string().into()),
        }
    }

    /// The error of a cell that is not what was declared.
    #[must_use]
    pub fn unfit(&self, position: usize, why: CellError) -> Error {
        let (table, column) = Query::Select(self).label(position);
        let error = Error::value(table, &column, why);
        match why {
            CellError::Null if !self.columns.is_empty() => error.with_hint(
                "it is NULL where no row has a value, or a join finds no partner: `.nullable()` makes it an Option",
            ),
            _ => error,
        }
    }
}
