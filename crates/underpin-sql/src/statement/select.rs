//! Queries as SQL.

use underpin_core::{ColumnType, Dialect, Error};
use underpin_schema::TableDef;

use super::render::Renderer;
use super::write::cast;
use super::{Sought, Statement, Text};
use crate::query::{WrittenPart as Part, direction};
use crate::{ColumnRef, Distinct, Lock, Select, Source, Tree, With, Written};

/// A statement that fetches rows by key.
#[derive(Debug)]
pub struct ReadStatement {
    /// Its text and columns.
    pub statement: Statement,
    /// The positions (in the table) and types of the key columns that are its parameters, in order.
    pub params: Vec<(usize, ColumnType)>,
}

impl ReadStatement {
    pub(super) fn by_key(
        table: &'static TableDef,
        dialect: &'static Dialect,
        sought: Sought,
        lock: Lock,
    ) -> Self {
        let params: Vec<_> =
            table.primary_key.iter().filter_map(|p| table.columns.get(*p).map(|c| (*p, c.ty))).collect();
        let mut text = Text::new(dialect);
        push_select_from(&mut text, table);
        push_any_of(&mut text, table, table.primary_key, sought);
        push_lock(&mut text, dialect, lock, None);
        Self { statement: Statement::new(text.finish(), column_types(table)), params }
    }

    pub(super) fn referring(
        table: &'static TableDef,
        dialect: &'static Dialect,
        sought: Sought,
        columns: &[usize],
    ) -> Self {
        let params = columns.iter().filter_map(|p| table.columns.get(*p).map(|c| (*p, c.ty))).collect();
        let mut text = Text::new(dialect);
        push_select_from(&mut text, table);
        push_any_of(&mut text, table, columns, sought);
        // Of one row only, all refer to the same.
        let order = if sought == Sought::One { &[] } else { columns };
        text.push(" ORDER BY ").list(order.iter().chain(table.primary_key), |text, column| {
            text.name(table.columns[*column].name);
        });
        Self { statement: Statement::new(text.finish(), column_types(table)), params }
    }
}

/// Appends the condition that these columns hold the values of one row, or of one of several.
fn push_any_of(text: &mut Text, table: &'static TableDef, columns: &[usize], sought: Sought) {
    text.push(" WHERE ");
    // PostgreSQL looks into an array that is a parameter, and plans anew for its length at each execution, which for a few
    // keys takes longer than to find them. It does not look into a subquery, and keeps its plan.
    let (before, after) = match sought {
        Sought::One => {
            text.all(columns, |text, column| {
                text.name(table.columns[*column].name).push(" = ").param();
            });
            return;
        }
        Sought::Few => ("(SELECT ", ")"),
        Sought::Many => ("", ""),
    };
    let array = |text: &mut Text, column: &usize| {
        text.push(before).param();
        cast(text, table.columns[*column].ty, true);
        text.push(after);
    };
    if let [column] = columns {
        text.name(table.columns[*column].name).push(" IN (SELECT unnest(");
        array(text, column);
    } else {
        text.push("(").list(columns, |text, column| {
            text.name(table.columns[*column].name);
        });
        text.push(") IN (SELECT * FROM unnest(").list(columns, array);
    }
    text.push("))");
}

/// The name of a query that is read as a table.
const INNER: &str = "inner";

impl<'a> Renderer<'a> {
    /// A query.
    pub(super) fn select(&mut self, select: &'a Select) {
        if select.explain {
            self.text.push(self.dialect.capability.explain);
        }
        if let Some(written) = &select.written {
            return self.written(written);
        }
        self.inside(select, |this| {
            this.with(&select.with);
            if select.set.is_empty() {
                if let (Distinct::On(by), false) = (&select.distinct, this.dialect.capability.distinct_on) {
                    this.first_of_each(select, by);
                } else {
                    this.core(select);
                    if !select.order.is_empty() {
                        this.order(&select.order);
                    }
                }
            } else {
                this.compound(select);
            }
            this.limit(select.limit, select.offset);
            this.lock(select);
        });
    }

    fn written(&mut self, written: &'a Written) {
        let parts = match written.parts() {
            Ok(parts) => parts,
            Err(error) => return self.refuse(|| error),
        };
        for part in parts {
            match part {
                Part::Text(text) => _ = self.text.push(text),
                Part::Param(index) => {
                    written.params.get(index).into_iter().for_each(|param| self.tree(param))
                }
            }
        }
    }

    fn with(&mut self, with: &'a [With]) {
        for (index, with_one) in with.iter().enumerate() {
            self.text.push(match index {
                0 if with.iter().any(|with| with.recursive) => "WITH RECURSIVE ",
                0 => "WITH ",
                _ => ", ",
            });
            self.text.name(with_one.table.name).push(" (").list(with_one.table.columns, |text, column| {
                text.name(column.name);
            });
            self.text.push(") AS (");
            self.select(&with_one.select);
            self.text.push(")");
        }
        self.text.push(if with.is_empty() { "" } else { " " });
    }

    /// `SELECT .. FROM .. WHERE .. GROUP BY .. HAVING ..`
    pub(super) fn core(&mut self, select: &'a Select) {
        self.text.push("SELECT ");
        match &select.distinct {
            Distinct::No => {}
            Distinct::Rows => _ = self.text.push("DISTINCT "),
            Distinct::On(by) => {
                self.text.push("DISTINCT ON (");
                self.list(by);
                self.text.push(") ");
            }
        }
        self.columns(select);
        self.rest(select);
    }

    /// ` FROM .. WHERE .. GROUP BY .. HAVING ..`
    fn rest(&mut self, select: &'a Select) {
        self.check_names(select);
        self.text.push(" FROM ");
        match &select.inner {
            Some(inner) => {
                self.text.push("(");
                self.select(inner);
                self.text.push(") AS ").name(INNER);
            }
            None => self.source(&select.from),
        }
        for join in &select.joins {
            self.text.push(join.kind.sql());
            self.source(&join.source);
            if let Some(on) = &join.on {
                self.text.push(" ON ");
                self.tree(on);
            }
        }
        if let Some(filter) = &select.filter {
            self.text.push(" WHERE ");
            self.tree(filter);
        }
        if !select.group.is_empty() {
            self.text.push(" GROUP BY ");
            self.list(&select.group);
        }
        if let Some(having) = &select.having {
            self.text.push(" HAVING ");
            self.tree(having);
        }
    }

    /// `DISTINCT ON` for a dialect that has none: rows are numbered by a window, and the first of each are taken. The
    /// keys of the order are given beside what is selected, so that the result can be ordered by them.
    fn first_of_each(&mut self, select: &'a Select, by: &'a [Tree]) {
        self.text.push("SELECT ").list(0..select.width(), |text, index| {
            text.push(&format!("c{index}"));
        });
        self.text.push(" FROM (SELECT ");
        if select.columns.is_empty() {
            let Source { table, alias } = select.from;
            for position in 0..table.columns.len() {
                self.text.push(if position > 0 { ", " } else { "" });
                self.column(&ColumnRef { table, alias, position });
                self.text.push(&format!(" AS c{position}"));
            }
        }
        for (index, column) in select.columns.iter().enumerate() {
            self.text.push(if index > 0 { ", " } else { "" });
            self.tree(column);
            self.text.push(&format!(" AS c{index}"));
        }
        for (index, key) in select.order.iter().enumerate() {
            self.text.push(", ");
            self.tree(&key.by);
            self.text.push(&format!(" AS o{index}"));
        }
        self.text.push(", row_number() OVER (PARTITION BY ");
        self.list(by);
        if !select.order.is_empty() {
            self.order(&select.order);
        }
        self.text.push(") AS n");
        self.rest(select);
        self.text.push(") AS ").name(INNER).push(" WHERE n = 1");
        for (index, key) in select.order.iter().enumerate() {
            self.text.push(if index > 0 { ", " } else { " ORDER BY " });
            self.text.push(&format!("o{index}")).push(direction(key.sort));
            self.text.push(if key.puts_nulls_first() { " NULLS FIRST" } else { " NULLS LAST" });
        }
    }

    fn columns(&mut self, select: &'a Select) {
        if select.everything {
            self.text.push("*");
            return;
        }
        if !select.columns.is_empty() {
            return self.list(&select.columns);
        }
        let Source { table, alias } = select.from;
        for position in 0..table.columns.len() {
            self.text.push(if position > 0 { ", " } else { "" });
            self.column(&ColumnRef { table, alias, position });
        }
    }

    fn limit(&mut self, limit: Option<u64>, offset: Option<u64>) {
        match (limit, offset) {
            (None, None) => return,
            (Some(limit), _) => {
                self.text.push(" LIMIT ");
                self.count(limit);
            }
            // SQLite takes OFFSET behind LIMIT only; the largest number is no limit in both.
            (None, Some(_)) => _ = self.text.push(" LIMIT 9223372036854775807"),
        }
        if let Some(offset) = offset {
            self.text.push(" OFFSET ");
            self.count(offset);
        }
    }

    fn lock(&mut self, select: &Select) {
        // The rows of joined tables are not locked, and those that a join did not find could not be.
        let of = (!select.joins.is_empty()).then(|| select.from.alias.unwrap_or(select.from.table.name));
        push_lock(&mut self.text, self.dialect, select.lock, of);
    }

    /// A query with others added to it or taken away. Each of them stands as a table of its own, because SQLite takes
    /// no parentheses around one, and the dialects bind INTERSECT differently.
    fn compound(&mut self, select: &'a Select) {
        let many = select.set.len();
        for _ in 1..many {
            self.text.push("SELECT * FROM (");
        }
        self.core(select);
        for (index, (operation, other)) in select.set.iter().enumerate() {
            self.text.push(operation.sql());
            let simple = other.set.is_empty()
                && other.order.is_empty()
                && other.limit.is_none()
                && other.offset.is_none();
            if simple && other.with.is_empty() && !matches!(other.distinct, Distinct::On(_)) {
                self.inside_alone(other, |this| this.core(other));
            } else {
                self.text.push("SELECT * FROM (");
                self.inside_alone(other, |this| this.select(other));
                self.text.push(") AS ").name(INNER);
            }
            if index + 1 < many {
                self.text.push(") AS ").name(INNER);
            }
        }
        self.order_of_compound(select);
    }

    /// The rows of several queries are ordered by what they give, which is told by its place.
    fn order_of_compound(&mut self, select: &'a Select) {
        for (index, key) in select.order.iter().enumerate() {
            let place = select.columns.iter().position(|column| column.is_same(&key.by));
            let Some(place) = place else {
                return self.refuse(|| {
                    Error::usage(
                        format!("the union is ordered by {}, which it does not select", key.by),
                        "select it too, or order by one of the columns that are selected",
                    )
                });
            };
            self.text.push(if index > 0 { ", " } else { " ORDER BY " }).push(&(place + 1).to_string());
            self.text.push(direction(key.sort)).push(if key.puts_nulls_first() {
                " NULLS FIRST"
            } else {
                " NULLS LAST"
            });
        }
    }
}

pub(super) fn column_types(table: &TableDef) -> Vec<ColumnType> {
    table.columns.iter().map(|column| column.ty).collect()
}

fn push_select_from(text: &mut Text, table: &TableDef) {
    text.push("SELECT ").list(table.columns, |text, column| {
        text.name(column.name);
    });
    text.push(" FROM ").table(table);
}

fn push_lock(text: &mut Text, dialect: &Dialect, lock: Lock, of: Option<&str>) {
    let (strength, wait) = match lock {
        Lock::None => return,
        Lock::ForUpdate => (" FOR UPDATE", ""),
        Lock::SkipLocked => (" FOR UPDATE", " SKIP LOCKED"),
        Lock::NoWait => (" FOR UPDATE", " NOWAIT"),
        Lock::ForShare => (" FOR SHARE", ""),
    };
    if dialect.capability.row_locks {
        text.push(strength);
        if let Some(of) = of {
            text.push(" OF ").name(of);
        }
        text.push(wait);
    }
}
