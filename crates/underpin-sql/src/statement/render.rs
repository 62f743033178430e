//! The state of a query that is being written as SQL: its text, its parameters, and the tables that it can see.

use underpin_core::{ColumnType, Dialect, Error, Result};

use super::Text;
use crate::{ColumnRef, JoinKind, Param, Select, Source};

/// A bound parameter of a rendered query: its type is that of what it meets, its name that of the column there.
#[derive(Debug, Clone, Copy)]
pub enum Bound<'a> {
    /// One value.
    Value(&'a Param, ColumnType, Option<ColumnRef>),
    /// An array of values.
    Array(&'a [Param], ColumnType, Option<ColumnRef>),
    /// A number of rows.
    Count(u64),
}

/// The text of a query, and its parameters in order. The text is the same for queries of the same form.
///
/// # Errors
/// If the query speaks of a table that it does not read, or of something that the dialect has not.
pub fn render_select<'a>(select: &'a Select, dialect: &'static Dialect) -> Result<(String, Vec<Bound<'a>>)> {
    let mut renderer = Renderer::new(dialect);
    renderer.select(select);
    renderer.finish()
}

/// A query that is being written. What goes wrong is kept until the end, so that writing stays a chain of calls.
pub(super) struct Renderer<'a> {
    pub(super) text: Text,
    pub(super) params: Vec<Bound<'a>>,
    pub(super) dialect: &'static Dialect,
    /// The queries around the place that is being written, the outermost first.
    levels: Vec<&'a Select>,
    refused: Option<Error>,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(dialect: &'static Dialect) -> Self {
        let text = Text::new(dialect);
        Self { text, params: Vec::new(), dialect, levels: Vec::with_capacity(2), refused: None }
    }

    pub(super) fn finish(self) -> Result<(String, Vec<Bound<'a>>)> {
        match self.refused {
            Some(error) => Err(error),
            None => Ok((self.text.finish(), self.params)),
        }
    }

    /// Notes that the query cannot be written.
    pub(super) fn refuse(&mut self, error: impl FnOnce() -> Error) {
        if self.refused.is_none() {
            self.refused = Some(error());
        }
    }

    /// Writes what stands inside a query.
    pub(super) fn inside(&mut self, select: &'a Select, write: impl FnOnce(&mut Self)) {
        self.levels.push(select);
        write(self);
        self.levels.pop();
    }

    /// Writes what stands beside a query, without its tables.
    pub(super) fn inside_alone(&mut self, select: &'a Select, write: impl FnOnce(&mut Self)) {
        let beside = self.levels.pop();
        self.inside(select, write);
        self.levels.extend(beside);
    }

    /// A column, with the name of its table where there are several.
    pub(super) fn column(&mut self, column: &ColumnRef) {
        let seen = self.levels.iter().any(|level| {
            let joined = level.joins.iter().map(|join| &join.source);
            std::iter::once(&level.from).chain(joined).any(|source| source.is_of(column))
        });
        if !seen {
            let column = *column;
            self.refuse(|| {
                let table = column.table.name;
                let what = match column.alias {
                    Some(alias) => {
                        format!("the query does not read the table {table} under the name {alias}")
                    }
                    None => format!("the query does not read the table {table}"),
                };
                Error::usage(
                    what,
                    "join it, or declare it with `outer` inside a query of a query that reads it",
                )
            });
        }
        let qualified = self.levels.len() > 1 || self.levels.iter().any(|level| !level.joins.is_empty());
        if qualified {
            self.qualifier(column);
        }
        self.text.name(column.name());
    }

    /// Refuses two tables of one name, between which a column could not choose.
    pub(super) fn check_names(&mut self, select: &Select) {
        let names = std::iter::once(&select.from).chain(select.joins.iter().map(|join| &join.source));
        let names: Vec<&str> = names.map(|source| source.alias.unwrap_or(source.table.name)).collect();
        let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
        if let Some((_, name)) = twice {
            let what = format!("the query reads two tables under the name {}", name.escape_debug());
            let hint = "give one of them another: `let boss = alias::<UserRow>(\"boss\")`, `.inner_join_as(boss)`, and \
                        `boss.column(UserRow::ID)` for its columns";
            self.refuse(|| Error::usage(what, hint));
        }
    }

    /// Whether a join may leave a column without a value.
    pub(super) fn may_lack(&self, column: &ColumnRef) -> bool {
        self.levels.iter().any(|level| {
            level.joins.iter().any(|join| match join.kind {
                JoinKind::Inner | JoinKind::Cross => false,
                JoinKind::Left => join.source.is_of(column),
                JoinKind::Right | JoinKind::Full => true,
            })
        })
    }

    fn qualifier(&mut self, column: &ColumnRef) {
        self.text.name(column.alias.unwrap_or(column.table.name)).push(".");
    }

    /// A table as it stands behind FROM or JOIN.
    pub(super) fn source(&mut self, source: &Source) {
        self.text.table(source.table);
        if let Some(alias) = source.alias {
            if alias.contains('\0') {
                self.refuse(|| {
                    Error::usage("the name of a table in a query holds a NUL character", "name it otherwise")
                });
            }
            self.text.push(" AS ").name(alias);
        }
    }

    /// A value.
    pub(super) fn value(&mut self, value: &'a Param, ty: ColumnType, of: Option<ColumnRef>) {
        self.text.param();
        self.params.push(Bound::Value(value, ty, of));
    }

    /// A number of rows.
    pub(super) fn count(&mut self, count: u64) {
        self.text.param();
        self.params.push(Bound::Count(count));
    }
}

impl Source {
    /// Whether a column is one of this table's.
    fn is_of(&self, column: &ColumnRef) -> bool {
        let same = || self.table.name == column.table.name && self.table.schema == column.table.schema;
        self.alias == column.alias && (std::ptr::eq(self.table, column.table) || same())
    }
}
