//! What must happen before what.

use std::collections::HashMap;

use hashbrown::DefaultHashBuilder;
use underpin_core::{ColumnSet, key_bytes};
use underpin_schema::{IndexKey, TableDef};
use underpin_sql::{CellOf, WriteKind};

use super::order::Op;
use super::{PlanTable, Wait};

/// Operations by the values that they are about.
type ByValue = HashMap<Vec<u8>, usize, DefaultHashBuilder>;

/// `from` happens before `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// `to` names by these columns the row that `from` makes.
    Refers(ColumnSet),
    /// `from` lets go, in these columns, of the row that `to` takes away.
    LetsGo(ColumnSet),
    /// `to` names the row that `from` makes, by a key that comes back with it.
    Waits,
    /// `from` lets go of a unique value in these columns that `to` takes.
    Unique(ColumnSet),
}

impl Why {
    /// Whether one statement that sees all its rows at once satisfies the edge by itself.
    pub(super) fn holds_within_statement(self) -> bool {
        !matches!(self, Self::Unique(_) | Self::Waits)
    }

    /// Whether the second may be in the group of the first, behind it.
    pub(super) fn holds_within_group(self, whole_statements: bool) -> bool {
        self != Self::Waits && (!whole_statements || self.holds_within_statement())
    }
}

/// All edges between the operations.
pub(super) fn edges(tables: &[&dyn PlanTable], ops: &[Op], waits: &[Wait]) -> Vec<Edge> {
    let mut edges = wait_edges(ops, waits);
    let done: Vec<Done> = (0..tables.len()).map(|set| Done::of(ops, set)).collect();
    foreign_key_edges(tables, ops, &done, &mut edges);
    unique_edges(tables, ops, &done, &mut edges);
    edges
}

/// What is done to the rows of one table, all in all. Most of what could order them is ruled out by it.
#[derive(Default)]
struct Done {
    inserts: bool,
    deletes: bool,
    /// The columns that some row is updated in.
    updates: ColumnSet,
}

impl Done {
    fn of(ops: &[Op], set: usize) -> Self {
        let mut done = Self::default();
        for op in ops.iter().filter(|op| op.set == set) {
            match op.kind {
                WriteKind::Insert => done.inserts = true,
                WriteKind::Delete => done.deletes = true,
                WriteKind::Update => done.updates = done.updates.union(op.columns),
            }
        }
        done
    }

    fn moves(&self, columns: ColumnSet) -> bool {
        !self.updates.intersection(columns).is_empty()
    }

    /// Whether values of these columns are taken that no row had, or let go.
    fn touches(&self, columns: ColumnSet) -> bool {
        self.inserts || self.deletes || self.moves(columns)
    }
}

fn wait_edges(ops: &[Op], waits: &[Wait]) -> Vec<Edge> {
    if waits.is_empty() {
        return Vec::new();
    }
    let by_row: HashMap<(usize, usize), usize> =
        ops.iter().enumerate().map(|(index, op)| ((op.set, op.row), index)).collect();
    let edge = |wait: &Wait| {
        let from = *by_row.get(&(wait.on_set, wait.on_row))?;
        Some(Edge { from, to: *by_row.get(&(wait.set, wait.row))?, why: Why::Waits })
    };
    waits.iter().filter_map(edge).collect()
}

/// The values of some columns of a row, as bytes. What cannot be written equals nothing here; the driver will report it.
fn value(table: &dyn PlanTable, row: usize, cells: impl Iterator<Item = CellOf>) -> Option<Vec<u8>> {
    key_bytes(cells, |cell, out| table.encode(row, cell, out))
}

fn cells(columns: &[usize], cell: fn(usize) -> CellOf) -> impl Iterator<Item = CellOf> {
    columns.iter().map(move |column| cell(*column))
}

fn foreign_key_edges(tables: &[&dyn PlanTable], ops: &[Op], done: &[Done], edges: &mut Vec<Edge>) {
    for (child_set, child) in tables.iter().enumerate() {
        for key in child.def().foreign_keys.iter().filter(|key| !key.deferred) {
            let columns = ColumnSet::of(key.columns);
            if !done[child_set].touches(columns) {
                continue;
            }
            let parent = tables.iter().enumerate().find(|(_, table)| table.def().name == key.table);
            let Some((parent_set, parent)) = parent else { continue };
            let targets: Option<Vec<usize>> =
                key.targets.iter().map(|name| parent.def().position(name)).collect();
            let Some(targets) = targets else { continue };
            let target_set = ColumnSet::of(&targets);
            if !done[parent_set].touches(target_set) {
                continue;
            }
            let (mut made, mut taken) = (ByValue::default(), ByValue::default());
            for (index, op) in ops.iter().enumerate().filter(|(_, op)| op.set == parent_set) {
                let moves = op.kind == WriteKind::Update && !op.columns.intersection(target_set).is_empty();
                if op.kind == WriteKind::Insert || moves {
                    value(*parent, op.row, cells(&targets, CellOf::New))
                        .map(|bytes| made.insert(bytes, index));
                }
                if op.kind == WriteKind::Delete || moves {
                    value(*parent, op.row, cells(&targets, CellOf::Old))
                        .map(|bytes| taken.insert(bytes, index));
                }
            }
            if made.is_empty() && taken.is_empty() {
                continue;
            }
            for (index, op) in ops.iter().enumerate().filter(|(_, op)| op.set == child_set) {
                let moves = op.kind == WriteKind::Update && !op.columns.intersection(columns).is_empty();
                if op.kind == WriteKind::Insert || moves {
                    let names = value(*child, op.row, cells(key.columns, CellOf::New));
                    if let Some(from) =
                        names.and_then(|bytes| made.get(&bytes).copied()).filter(|from| *from != index)
                    {
                        edges.push(Edge { from, to: index, why: Why::Refers(columns) });
                    }
                }
                if op.kind == WriteKind::Delete || moves {
                    let named = value(*child, op.row, cells(key.columns, CellOf::Old));
                    if let Some(to) =
                        named.and_then(|bytes| taken.get(&bytes).copied()).filter(|to| *to != index)
                    {
                        edges.push(Edge { from: index, to, why: Why::LetsGo(columns) });
                    }
                }
            }
        }
    }
}

/// The column lists whose values may not repeat, as far as they consist of columns alone.
fn unique_lists(table: &TableDef) -> Vec<Vec<usize>> {
    let constraints =
        table.uniques.iter().filter(|unique| !unique.deferred).map(|unique| unique.columns.to_vec());
    let indexes = table.indexes.iter().filter(|index| index.unique).filter_map(|index| {
        let columns = index.parts.iter().map(|part| match part.key {
            IndexKey::Column(column) => Some(column),
            IndexKey::Expression(_) => None,
        });
        columns.collect()
    });
    constraints.chain(indexes).collect()
}

fn unique_edges(tables: &[&dyn PlanTable], ops: &[Op], done: &[Done], edges: &mut Vec<Edge>) {
    for (set, table) in tables.iter().enumerate() {
        let of_table = || ops.iter().enumerate().filter(|(_, op)| op.set == set);
        // Only a row that lets a value go can order anything; inserts alone never do.
        if !done[set].deletes && done[set].updates.is_empty() {
            continue;
        }
        for list in unique_lists(table.def()) {
            let columns = ColumnSet::of(&list);
            let moves =
                |op: &Op| op.kind == WriteKind::Update && !op.columns.intersection(columns).is_empty();
            let mut released = ByValue::default();
            for (index, op) in of_table().filter(|(_, op)| op.kind == WriteKind::Delete || moves(op)) {
                value(*table, op.row, cells(&list, CellOf::Old)).map(|bytes| released.insert(bytes, index));
            }
            if released.is_empty() {
                continue;
            }
            for (index, op) in of_table().filter(|(_, op)| op.kind == WriteKind::Insert || moves(op)) {
                let taken = value(*table, op.row, cells(&list, CellOf::New));
                if let Some(from) =
                    taken.and_then(|bytes| released.get(&bytes).copied()).filter(|from| *from != index)
                {
                    edges.push(Edge { from, to: index, why: Why::Unique(columns) });
                }
            }
        }
    }
}
