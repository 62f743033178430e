//! Writes as SQL: many rows at once where arrays can carry them, one row a statement otherwise.

use underpin_core::{ColumnSet, ColumnType, Dialect};
use underpin_schema::TableDef;

use super::{ParamShape, Shape, Statement, Text, WriteStatement};
use crate::CellOf;

/// What stands before a change that is checked.
const CHANGED: &str = "WITH changed AS (";

/// Appends the cast that gives a parameter its type.
pub(super) fn cast(text: &mut Text, ty: ColumnType, array: bool) {
    text.push("::");
    push_type(text, ty);
    text.push(if array { "[]" } else { "" });
}

fn push_type(text: &mut Text, ty: ColumnType) {
    if let ColumnType::Array(element) = ty {
        push_type(text, *element);
        text.push("[]");
        return;
    }
    if let ColumnType::Enum(of) = ty {
        text.name(of.name);
        return;
    }
    text.push(match ty {
        ColumnType::Bool => "bool",
        ColumnType::SmallInt => "int2",
        ColumnType::Integer => "int4",
        ColumnType::BigInt => "int8",
        ColumnType::Real => "float4",
        ColumnType::Double => "float8",
        ColumnType::Numeric { .. } | ColumnType::NumericOpen => "numeric",
        ColumnType::Bytes => "bytea",
        ColumnType::Uuid => "uuid",
        ColumnType::Date => "date",
        ColumnType::Time => "time",
        ColumnType::Timestamp => "timestamp",
        ColumnType::TimestampTz => "timestamptz",
        ColumnType::Interval => "interval",
        ColumnType::Json => "jsonb",
        _ => "text",
    });
}

/// The parameters of a write while its text is being written; parameter `n` is called `c{n}` in the input.
struct Params<'t> {
    table: &'static TableDef,
    list: Vec<ParamShape>,
    text: &'t mut Text,
}

impl Params<'_> {
    fn shape(&self, cell: CellOf) -> ParamShape {
        let (CellOf::New(position) | CellOf::Old(position)) = cell;
        let ty = self.table.columns[position].ty;
        ParamShape { cell, ty, as_text: matches!(ty, ColumnType::Array(_)) }
    }

    /// `$1` for one row.
    fn value(&mut self, cell: CellOf) {
        let shape = ParamShape { as_text: false, ..self.shape(cell) };
        self.list.push(shape);
        self.text.param();
    }

    /// `unnest($1::text[], ..)` for rows that are inserted, with the names of its columns.
    fn input(&mut self, cells: &[CellOf]) {
        self.unnest(cells, "", "");
        self.text.push(") AS i(");
        self.input_names(cells);
        self.text.push(")");
    }

    /// `unnest((SELECT $1::text[]), ..)`, numbered, for rows that are looked for.
    ///
    /// Of a parameter the planner knows how long it is. Few rows look cheaper than those that it takes for granted in a
    /// plan for any parameters, and then it plans anew at each execution, which costs more than the change. Behind the
    /// SELECT all lengths are alike to it.
    fn numbered_input(&mut self, cells: &[CellOf]) {
        self.unnest(cells, "(SELECT ", ")");
        self.text.push(") WITH ORDINALITY AS i(");
        self.input_names(cells);
        self.text.push(", ord)");
    }

    fn unnest(&mut self, cells: &[CellOf], before: &str, after: &str) {
        self.text.push("unnest(");
        for (index, cell) in cells.iter().enumerate() {
            let shape = self.shape(*cell);
            self.text.push(if index > 0 { ", " } else { "" }).push(before).param();
            cast(self.text, if shape.as_text { ColumnType::Text } else { shape.ty }, true);
            self.text.push(after);
            self.list.push(shape);
        }
    }

    fn input_names(&mut self, cells: &[CellOf]) {
        self.text.list(0..cells.len(), |text, index| {
            text.push(&format!("c{index}"));
        });
    }

    /// `i.c0`, cast back where it travelled as text.
    fn input_column(&mut self, index: usize, cell: CellOf) {
        let shape = self.shape(cell);
        self.text.push(&format!("i.c{index}"));
        if shape.as_text {
            cast(self.text, shape.ty, false);
        }
    }
}

fn new_cells(columns: ColumnSet) -> Vec<CellOf> {
    columns.iter().map(CellOf::New).collect()
}

/// Key columns, then the version where it counts.
fn old_cells(table: &TableDef, versioned: bool) -> Vec<CellOf> {
    let version = if versioned { table.version() } else { None };
    table.primary_key.iter().copied().chain(version).map(CellOf::Old).collect()
}

fn column(table: &'static TableDef, cell: CellOf) -> &'static str {
    let (CellOf::New(position) | CellOf::Old(position)) = cell;
    table.columns[position].name
}

fn types(table: &TableDef, columns: ColumnSet) -> Vec<ColumnType> {
    columns.iter().map(|position| table.columns[position].ty).collect()
}

/// Appends an insert of these columns, and gives its parameters.
pub(super) fn push_insert(
    text: &mut Text,
    table: &'static TableDef,
    shape: Shape,
    columns: ColumnSet,
) -> Vec<ParamShape> {
    let cells = new_cells(columns);
    text.push("INSERT INTO ").table(table);
    if cells.is_empty() {
        text.push(" DEFAULT VALUES");
        return Vec::new();
    }
    text.push(" (").list(&cells, |text, cell| {
        text.name(column(table, *cell));
    });
    let mut params = Params { table, list: Vec::new(), text };
    match shape {
        Shape::One => {
            params.text.push(") VALUES (");
            for (index, cell) in cells.iter().enumerate() {
                params.text.push(if index > 0 { ", " } else { "" });
                params.value(*cell);
            }
            params.text.push(")");
        }
        Shape::Many => {
            params.text.push(") SELECT ");
            for (index, cell) in cells.iter().enumerate() {
                params.text.push(if index > 0 { ", " } else { "" });
                params.input_column(index, *cell);
            }
            params.text.push(" FROM ");
            params.input(&cells);
        }
    }
    params.list
}

pub(super) fn render_insert(
    table: &'static TableDef,
    dialect: &'static Dialect,
    shape: Shape,
    columns: ColumnSet,
    returning: ColumnSet,
) -> WriteStatement {
    let mut text = Text::new(dialect);
    let params = push_insert(&mut text, table, shape, columns);
    push_returning(&mut text, table, returning);
    let statement = Statement::new(text.finish(), types(table, returning));
    WriteStatement { body: 0..statement.text().len(), statement, params, shape }
}

pub(super) fn render_update(
    table: &'static TableDef,
    dialect: &'static Dialect,
    shape: Shape,
    columns: ColumnSet,
    returning: ColumnSet,
    versioned: bool,
) -> WriteStatement {
    let old = old_cells(table, versioned);
    let new = new_cells(columns);
    let version = if versioned { table.version() } else { None };
    render_change(table, dialect, shape, &old, &new, returning, |params, many| {
        params.text.push("UPDATE ").table(table).push(if many { " AS t SET " } else { " SET " });
        for (index, cell) in new.iter().enumerate() {
            params.text.push(if index > 0 { ", " } else { "" }).name(column(table, *cell)).push(" = ");
            if many {
                params.input_column(old.len() + index, *cell);
            } else {
                params.value(*cell);
            }
        }
        if let Some(version) = version {
            let name = table.columns[version].name;
            params.text.push(if new.is_empty() { "" } else { ", " }).name(name).push(" = ");
            params.text.push(if many { "t." } else { "" }).name(name).push(" + 1");
        }
        if many {
            params.text.push(" FROM ");
        }
    })
}

pub(super) fn render_delete(
    table: &'static TableDef,
    dialect: &'static Dialect,
    shape: Shape,
    versioned: bool,
) -> WriteStatement {
    let old = old_cells(table, versioned);
    render_change(table, dialect, shape, &old, &[], ColumnSet::EMPTY, |params, many| {
        params.text.push("DELETE FROM ").table(table).push(if many { " AS t USING " } else { "" });
    })
}

/// An update or delete, found by key and version, that fails in the database if a row is missing. The failure is a
/// cast of text that is no number: it costs nothing until a row is missing, and it needs no function in the database.
/// `verb` ends where the input of many rows stands.
fn render_change(
    table: &'static TableDef,
    dialect: &'static Dialect,
    shape: Shape,
    old: &[CellOf],
    new: &[CellOf],
    returning: ColumnSet,
    verb: impl FnOnce(&mut Params<'_>, bool),
) -> WriteStatement {
    let mut text = Text::new(dialect);
    let mut params = Params { table, list: Vec::new(), text: &mut text };
    let in_sql = dialect.capability.array_parameters;
    let many = shape == Shape::Many;
    if in_sql {
        params.text.push(CHANGED);
    }
    verb(&mut params, many);
    if many {
        let cells: Vec<CellOf> = old.iter().chain(new).copied().collect();
        params.numbered_input(&cells);
    }
    params.text.push(" WHERE ");
    for (index, cell) in old.iter().enumerate() {
        params.text.push(if index > 0 { " AND " } else { "" });
        params.text.push(if many { "t." } else { "" }).name(column(table, *cell)).push(" = ");
        if many {
            params.input_column(index, *cell);
        } else {
            params.value(*cell);
        }
    }
    let list = params.list;
    let body = if in_sql {
        let end = push_checked_returning(&mut text, table, returning, shape, &list);
        CHANGED.len()..end
    } else {
        push_returning(&mut text, table, returning);
        0..0
    };
    let statement = Statement::new(text.finish(), types(table, returning));
    WriteStatement { statement, params: list, shape, body }
}

fn push_returning(text: &mut Text, table: &'static TableDef, returning: ColumnSet) {
    if !returning.is_empty() {
        text.push(" RETURNING ").list(returning.iter(), |text, position| {
            text.name(table.columns[position].name);
        });
    }
}

/// Closes the common table expression `changed` and reads it: the returned columns if there are any, and the check.
/// Gives the place where the change itself ends.
fn push_checked_returning(
    text: &mut Text,
    table: &'static TableDef,
    returning: ColumnSet,
    shape: Shape,
    params: &[ParamShape],
) -> usize {
    let many = shape == Shape::Many;
    let of = |text: &mut Text, qualified: &str| {
        text.list(returning.iter(), |text, position| {
            text.push(qualified).name(table.columns[position].name);
        });
    };
    text.push(" RETURNING ").push(if many { "i.ord" } else { "1 AS ord" });
    if returning.is_empty() {
        let end = text.len();
        text.push(") ").push(&missing_row(shape, params, "changed", ""));
        return end;
    }
    text.push(", ");
    of(text, if many { "t." } else { "" });
    let end = text.len();
    text.push(") SELECT ");
    of(text, "c.");
    let stale = WriteStatement::STALE;
    let sent = match sent(shape, params) {
        Some(sent) => format!("unnest({sent}) WITH ORDINALITY AS o(c0, ord)"),
        // No constant: the planner would compute the failing cast beforehand.
        None => "generate_series(1, 1) AS o(ord)".to_owned(),
    };
    text.push(&format!(
        ", CASE WHEN c.ord IS NULL THEN ('{stale}' || o.ord)::int END \
         FROM {sent} LEFT JOIN changed AS c ON c.ord = o.ord ORDER BY o.ord"
    ));
    end
}

/// The check of an update or delete that gives nothing back: a query for the number of the first row that is not in
/// the common table expression `changed`, which fails if there is one. `place` stands before the number.
///
/// A server plans a statement anew at each execution for as long as a plan made for any parameters looks dearer. So
/// the check expects no more rows than the change itself, and what names the missing row is out of the plan's way.
pub(super) fn missing_row(shape: Shape, params: &[ParamShape], changed: &str, place: &str) -> String {
    let stale = WriteStatement::STALE;
    match sent(shape, params) {
        None => {
            format!("SELECT ('{stale}{place}' || 1 + count(*))::int FROM {changed} HAVING count(*) <> 1")
        }
        Some(sent) => format!(
            "SELECT ('{stale}{place}' || (SELECT min(o.ord) FROM unnest({sent}) WITH ORDINALITY AS o(c0, ord) \
             WHERE o.ord <> ALL (ARRAY(SELECT c.ord FROM {changed} AS c))))::int \
             FROM {changed} HAVING count(*) <> cardinality({sent})"
        ),
    }
}

/// One of the arrays in which many rows are sent.
fn sent(shape: Shape, params: &[ParamShape]) -> Option<String> {
    let first = params.first().filter(|_| shape == Shape::Many)?;
    let mut sent = Text::new(Dialect::POSTGRES);
    sent.param();
    cast(&mut sent, if first.as_text { ColumnType::Text } else { first.ty }, true);
    Some(sent.finish())
}
