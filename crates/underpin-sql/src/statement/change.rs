//! Changes of many rows as SQL.

use underpin_core::{Dialect, Result};
use underpin_schema::TableDef;

use super::render::{Bound, Renderer};
use super::write::push_insert;
use super::{ParamShape, Shape};
use crate::{Change, ChangeKind, Conflict, Insert, Tree};

/// The statement of a change.
#[derive(Debug)]
pub struct ChangeStatement<'a> {
    /// Its text, the same for changes of the same form.
    pub text: String,
    /// Its first parameters: cells of the rows that are inserted.
    pub cells: Vec<ParamShape>,
    /// Its other parameters.
    pub bound: Vec<Bound<'a>>,
}

/// The statement of a change; `shape` says whether an insert takes one row or all.
///
/// # Errors
/// If the change speaks of another table than its own, or of something that the dialect has not.
pub fn render_change<'a>(
    change: &'a Change<'a>,
    dialect: &'static Dialect,
    shape: Shape,
) -> Result<ChangeStatement<'a>> {
    let mut renderer = Renderer::new(dialect);
    let mut cells = Vec::new();
    renderer.inside(&change.of, |this| {
        match &change.kind {
            ChangeKind::Update(set) => this.update(change.table(), set),
            ChangeKind::Delete => _ = this.text.push("DELETE FROM ").table(change.table()),
            ChangeKind::Insert(Insert { columns, conflict, .. }) => {
                cells = push_insert(&mut this.text, change.table(), shape, *columns);
                if let Some(conflict) = conflict {
                    this.conflict(change.table(), conflict);
                }
            }
        }
        if let Some(filter) = &change.of.filter {
            this.text.push(" WHERE ");
            this.tree(filter);
        }
        if !change.of.columns.is_empty() {
            this.text.push(" RETURNING ");
            this.list(&change.of.columns);
        }
    });
    let (text, bound) = renderer.finish()?;
    Ok(ChangeStatement { text, cells, bound })
}

impl<'a> Renderer<'a> {
    fn update(&mut self, table: &'static TableDef, set: &'a [(usize, Tree)]) {
        self.text.push("UPDATE ").table(table).push(" SET ");
        for (index, (position, value)) in set.iter().enumerate() {
            self.text.push(if index > 0 { ", " } else { "" });
            self.text.name(table.columns[*position].name).push(" = ");
            self.operand(value);
        }
        if let Some(version) = table.version() {
            let name = table.columns[version].name;
            self.text.push(", ").name(name).push(" = ").name(name).push(" + 1");
        }
    }

    fn conflict(&mut self, table: &'static TableDef, conflict: &Conflict) {
        let name = |position: usize| table.columns[position].name;
        self.text.push(" ON CONFLICT (").list(&conflict.columns, |text, position| {
            text.name(name(*position));
        });
        if conflict.update.is_empty() {
            self.text.push(") DO NOTHING");
            return;
        }
        self.text.push(") DO UPDATE SET ").list(conflict.update.iter(), |text, position| {
            text.name(name(position)).push(" = excluded.").name(name(position));
        });
        if let Some(version) = table.version() {
            let name = name(version);
            self.text.push(", ").name(name).push(" = ").name(table.name).push(".").name(name).push(" + 1");
        }
    }
}
