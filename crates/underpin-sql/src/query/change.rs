//! A change of many rows by one statement, erased.

use underpin_core::{ColumnSet, Error, Result};
use underpin_schema::{Generation, TableDef};

use super::{Rows, Select, Tree};

/// A change of many rows: what is done, to which rows, and what comes back of them.
#[derive(Debug)]
pub struct Change<'a> {
    /// What is done.
    pub kind: ChangeKind<'a>,
    /// The table (`from`), which rows of it (`filter`; not for an insert), and what comes back of each (`columns`;
    /// nothing if there is none). The rest has no meaning here.
    pub of: Select,
}

/// What is done to many rows.
#[derive(Debug)]
#[non_exhaustive]
pub enum ChangeKind<'a> {
    /// Columns get new values; the version counts up.
    Update(Vec<(usize, Tree)>),
    /// The rows go.
    Delete,
    /// New rows.
    Insert(Insert<'a>),
}

/// New rows, and what happens to those that are there already.
pub struct Insert<'a> {
    /// The columns that are given.
    pub columns: ColumnSet,
    /// The rows.
    pub rows: &'a dyn Rows,
    /// What happens where a row is there already; `None`: the statement fails.
    pub conflict: Option<&'a Conflict>,
}

impl std::fmt::Debug for Insert<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows, {:?}", self.rows.len(), self.conflict)
    }
}

/// What happens where a new row meets one with equal values of certain columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The columns of a primary key, a UNIQUE constraint or a unique index.
    pub columns: Vec<usize>,
    /// What the row that is there takes over from the new one; nothing: it stays as it is.
    pub update: ColumnSet,
}

impl Change<'_> {
    /// The table.
    #[must_use]
    pub fn table(&self) -> &'static TableDef {
        self.of.from.table
    }

    /// The operation's name in SQL.
    #[must_use]
    pub fn sql(&self) -> &'static str {
        match self.kind {
            ChangeKind::Update(_) => "UPDATE",
            ChangeKind::Delete => "DELETE",
            ChangeKind::Insert(_) => "INSERT",
        }
    }

    /// What it attempts, for an error.
    #[must_use]
    pub fn attempted(&self) -> String {
        let verb = match self.kind {
            ChangeKind::Update(_) => "update",
            ChangeKind::Delete => "delete from",
            ChangeKind::Insert(Insert { conflict: Some(_), .. }) => "upsert into",
            ChangeKind::Insert(_) => "insert into",
        };
        format!("{verb} {}", self.table().name)
    }
}

/// A new value for a column, in the form in which the column stores it.
///
/// # Errors
/// If the column is not for the program to write.
pub fn assignment(table: &'static TableDef, position: usize, value: Tree) -> Result<(usize, Tree)> {
    let Some(column) = table.columns.get(position) else {
        return Err(Error::usage(
            format!("the table {} has no column number {position}", table.name),
            "use the column constants of the row struct",
        ));
    };
    if column.version {
        return Err(Error::usage(
            format!("{}.{} cannot be set: it is the version", table.name, column.name),
            "leave it out; every change counts it up",
        ));
    }
    if matches!(column.generation, Generation::Identity { always: true } | Generation::Computed(_)) {
        return Err(Error::usage(
            format!("{}.{} cannot be set: the database alone writes it", table.name, column.name),
            "leave it out",
        ));
    }
    Ok((position, value.cast(column.ty)))
}
