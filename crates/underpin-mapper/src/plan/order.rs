//! Putting groups in order.

use std::collections::{HashMap, HashSet};

use hashbrown::DefaultHashBuilder;
use underpin_core::{ColumnSet, Datum, Result};
use underpin_schema::TableDef;
use underpin_sql::WriteKind;

use super::cycle::break_cycle;
use super::edges::{Edge, Why, edges};
use super::{Change, FlushPlan, PlanTable, PlannedGroup, PlannedRow, Wait};

/// So many groups are looked through before one is looked up.
const FEW_GROUPS: usize = 16;

/// One row to be written: a change, or the extra statement that breaks a cycle.
#[derive(Debug, Clone)]
pub(super) struct Op {
    pub(super) set: usize,
    pub(super) row: usize,
    pub(super) kind: WriteKind,
    pub(super) columns: ColumnSet,
    pub(super) returning: ColumnSet,
    pub(super) extra: bool,
    pub(super) instead: Vec<(usize, Datum)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct GroupKey {
    set: usize,
    kind: WriteKind,
    columns: ColumnSet,
    returning: ColumnSet,
    extra: bool,
}

impl Op {
    fn group(&self) -> GroupKey {
        let Self { set, kind, columns, returning, extra, .. } = *self;
        GroupKey { set, kind, columns, returning, extra }
    }
}

/// Plans a flush. `changes` holds, for each of `tables`, what is to be done to its rows; `whole_statements` says
/// whether one statement sees all rows of a group at once (`Capability::array_parameters`), rather than one by one;
/// `waits` names rows that cannot be written before another one has got its key.
///
/// # Errors
/// If rows depend on each other in a circle that no statement more can break.
pub fn plan(
    tables: &[&dyn PlanTable],
    changes: Vec<Vec<Change>>,
    whole_statements: bool,
    waits: &[Wait],
) -> Result<FlushPlan> {
    let mut ops: Vec<Op> = Vec::with_capacity(changes.iter().map(Vec::len).sum());
    for (set, changes) in changes.into_iter().enumerate() {
        ops.extend(changes.into_iter().map(|Change { row, kind, columns, returning }| Op {
            set,
            row,
            kind,
            columns,
            returning,
            extra: false,
            instead: Vec::new(),
        }));
    }
    let mut edges = edges(tables, &ops, waits);
    let ranks = table_ranks(tables);
    if edges.is_empty() {
        let mut groups = grouped(ops.iter().enumerate());
        groups.sort_by_key(|(key, _)| (rank(key, &ranks), key.columns, key.returning));
        let groups =
            groups.into_iter().map(|(key, batch)| group(tables, &mut ops, &[], key, batch)).collect();
        return Ok(FlushPlan { groups });
    }
    let mut left = vec![true; ops.len()];
    let mut ordered: Vec<(GroupKey, Vec<usize>)> = Vec::new();
    loop {
        let mut pass = Pass::new(&ops, &edges, &left, whole_statements);
        while let Some((key, batch)) = pass.next(&ops, &ranks) {
            for op in &batch {
                left[*op] = false;
            }
            ordered.push((key, batch));
        }
        if left.iter().all(|left| !left) {
            break;
        }
        break_cycle(tables, &mut ops, &mut edges, &left)?;
        left.resize(ops.len(), true);
    }
    let groups =
        ordered.into_iter().map(|(key, batch)| group(tables, &mut ops, &edges, key, batch)).collect();
    Ok(FlushPlan { groups })
}

fn group(
    tables: &[&dyn PlanTable],
    ops: &mut [Op],
    edges: &[Edge],
    key: GroupKey,
    batch: Vec<usize>,
) -> PlannedGroup {
    let table = tables[key.set].def();
    // Rows stand sorted by key, unless an edge inside the group gives their order.
    let members = if edges.is_empty() { &[][..] } else { &batch[..] };
    let inside: HashSet<usize, DefaultHashBuilder> = members.iter().copied().collect();
    let together = edges.iter().any(|edge| inside.contains(&edge.from) && inside.contains(&edge.to));
    let waits = edges.iter().any(|edge| edge.why == Why::Waits && inside.contains(&edge.to));
    let mut by_row: HashMap<usize, Vec<(usize, Datum)>, DefaultHashBuilder> = HashMap::default();
    let mut rows: Vec<usize> = Vec::with_capacity(batch.len());
    for index in batch {
        let op = &mut ops[index];
        if !op.instead.is_empty() {
            by_row.insert(op.row, std::mem::take(&mut op.instead));
        }
        rows.push(op.row);
    }
    let counted = key.kind == WriteKind::Insert && !table.key().intersection(key.returning).is_empty() && {
        // The database counts the key: rows stay in the order in which they were added.
        table.key().difference(key.columns) != ColumnSet::EMPTY
    };
    if !together && !counted && rows.len() > 1 {
        tables[key.set].sort_by_key(&mut rows);
    }
    PlannedGroup {
        set: key.set,
        table,
        kind: key.kind,
        columns: key.columns,
        returning: key.returning,
        together,
        waits,
        versioned: !key.extra && key.kind != WriteKind::Insert && table.version().is_some(),
        rows: rows
            .into_iter()
            .map(|row| {
                let instead = if by_row.is_empty() { None } else { by_row.remove(&row) };
                PlannedRow { row, instead: instead.unwrap_or_default() }
            })
            .collect(),
    }
}

/// The operations by group, in the order in which they come.
fn grouped<'o>(ops: impl Iterator<Item = (usize, &'o Op)>) -> Vec<(GroupKey, Vec<usize>)> {
    let mut groups: Vec<(GroupKey, Vec<usize>)> = Vec::new();
    // Of groups beyond the first few.
    let mut index: HashMap<GroupKey, usize, DefaultHashBuilder> = HashMap::default();
    // Changes come table by table, so that most belong to the group of the one before.
    let mut last = 0;
    for (op, of) in ops {
        let key = of.group();
        if groups.get(last).is_none_or(|(before, _)| *before != key) {
            let few = groups.iter().take(FEW_GROUPS).position(|(known, _)| *known == key);
            last = few.or_else(|| index.get(&key).copied()).unwrap_or(groups.len());
            if last == groups.len() {
                groups.push((key, Vec::new()));
                if last >= FEW_GROUPS {
                    index.insert(key, last);
                }
            }
        }
        groups[last].1.push(op);
    }
    groups
}

/// Which of two groups comes first if nothing else decides.
fn rank(key: &GroupKey, ranks: &[usize]) -> (u8, usize) {
    let table = ranks[key.set];
    match key.kind {
        // What breaks a cycle is what others wait for. Deletes let values go, children before parents.
        _ if key.extra => (0, table),
        WriteKind::Delete => (1, usize::MAX - table),
        WriteKind::Update => (2, table),
        WriteKind::Insert => (3, table),
    }
}

/// A number for each table so that a table comes after those that its foreign keys name, as far as they have no circle.
fn table_ranks(tables: &[&dyn PlanTable]) -> Vec<usize> {
    let mut ranks = vec![None; tables.len()];
    let mut next = 0;
    // Names order what foreign keys leave open, so that every unit of work takes tables in one order.
    let mut by_name: Vec<usize> = (0..tables.len()).collect();
    by_name.sort_by_key(|set| tables[*set].def().name);
    while next < tables.len() {
        let waits = |set: usize, ranks: &[Option<usize>]| {
            let def: &TableDef = tables[set].def();
            def.foreign_keys.iter().any(|key| {
                tables.iter().enumerate().any(|(other, table)| {
                    other != set && table.def().name == key.table && ranks[other].is_none()
                })
            })
        };
        let free = by_name.iter().copied().find(|set| ranks[*set].is_none() && !waits(*set, &ranks));
        let Some(set) = free.or_else(|| by_name.iter().copied().find(|set| ranks[*set].is_none())) else {
            break;
        };
        ranks[set] = Some(next);
        next += 1;
    }
    ranks.into_iter().map(|rank| rank.unwrap_or(0)).collect()
}

/// One run over the operations that are left, until nothing more is ready.
struct Pass {
    waits: Vec<usize>,
    after: Vec<Vec<Edge>>,
    groups: Vec<(GroupKey, Members)>,
    group_of: Vec<usize>,
    whole_statements: bool,
}

#[derive(Default)]
struct Members {
    ready: Vec<usize>,
    /// Edges that still come in from other groups.
    awaited: usize,
}

impl Pass {
    fn new(ops: &[Op], edges: &[Edge], left: &[bool], whole_statements: bool) -> Self {
        let mut group_of = vec![usize::MAX; ops.len()];
        let mut groups = Vec::new();
        for (group, (key, batch)) in
            grouped(ops.iter().enumerate().filter(|(op, _)| left[*op])).into_iter().enumerate()
        {
            for op in batch {
                group_of[op] = group;
            }
            groups.push((key, Members::default()));
        }
        let mut pass =
            Self { waits: vec![0; ops.len()], after: Vec::new(), groups, group_of, whole_statements };
        if !edges.is_empty() {
            pass.after.resize_with(ops.len(), Vec::new);
        }
        for edge in edges.iter().filter(|edge| left[edge.from] && left[edge.to]) {
            pass.waits[edge.to] += 1;
            pass.after[edge.from].push(*edge);
            if pass.group_of[edge.from] != pass.group_of[edge.to] {
                pass.groups[pass.group_of[edge.to]].1.awaited += 1;
            }
        }
        for op in (0..ops.len()).filter(|op| left[*op]) {
            if pass.waits[op] == 0 {
                pass.groups[pass.group_of[op]].1.ready.push(op);
            }
        }
        pass
    }

    /// The next group: the first in rank that nothing outside it holds up, or else the first that has something ready.
    fn next(&mut self, ops: &[Op], ranks: &[usize]) -> Option<(GroupKey, Vec<usize>)> {
        let candidates = self.groups.iter().enumerate().filter(|(_, (_, members))| !members.ready.is_empty());
        let (group, _) = candidates.min_by_key(|(_, (key, members))| {
            (members.awaited > 0, rank(key, ranks), key.columns, key.returning)
        })?;
        let key = self.groups[group].0;
        let mut batch = std::mem::take(&mut self.groups[group].1.ready);
        let mut later: Vec<Edge> = Vec::new();
        let mut at = 0;
        while let Some(&op) = batch.get(at) {
            at += 1;
            if self.after.is_empty() {
                continue;
            }
            for edge in std::mem::take(&mut self.after[op]) {
                let inside = self.group_of[edge.to] == group;
                let together = inside && edge.why.holds_within_group(self.whole_statements);
                if together {
                    self.waits[edge.to] -= 1;
                    if self.waits[edge.to] == 0 {
                        batch.push(edge.to);
                    }
                } else {
                    later.push(edge);
                }
            }
        }
        for edge in later {
            self.waits[edge.to] -= 1;
            let members = &mut self.groups[self.group_of[edge.to]].1;
            if self.group_of[edge.to] != group {
                members.awaited -= 1;
            }
            if self.waits[edge.to] == 0 {
                members.ready.push(edge.to);
            }
        }
        debug_assert!(batch.iter().all(|op| ops[*op].group() == key));
        Some((key, batch))
    }
}
