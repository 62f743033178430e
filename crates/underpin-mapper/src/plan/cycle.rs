//! Breaking a cycle with one statement more.

use underpin_core::{ColumnSet, Datum, Error, Result};
use underpin_sql::WriteKind;

use super::PlanTable;
use super::edges::{Edge, Why};
use super::order::Op;
use super::park::parked;

/// Finds a cycle among the operations that are left and breaks it: `ops` and `edges` then describe the same end with
/// one statement more.
///
/// # Errors
/// If no edge of the cycle can be broken.
pub(super) fn break_cycle(
    tables: &[&dyn PlanTable],
    ops: &mut Vec<Op>,
    edges: &mut Vec<Edge>,
    left: &[bool],
) -> Result<()> {
    let cycle = find_cycle(edges, left);
    for index in &cycle {
        if try_break(tables, ops, edges, *index) {
            return Ok(());
        }
    }
    let mut names: Vec<&str> =
        cycle.iter().map(|index| tables[ops[edges[*index].from].set].def().name).collect();
    names.dedup();
    Err(Error::usage(
        format!("flush: rows of {} depend on each other in a circle", names.join(", ")),
        "make one of the foreign keys nullable or deferred, or write the rows in two units of work",
    ))
}

/// The edges of one cycle, those of unique values first.
fn find_cycle(edges: &[Edge], left: &[bool]) -> Vec<usize> {
    // Every operation that is left waits for another one that is left, so walking backwards must close a circle.
    let Some(start) = left.iter().position(|left| *left) else { return Vec::new() };
    let mut path: Vec<(usize, usize)> = Vec::new();
    let mut at = start;
    loop {
        if let Some(closed) = path.iter().position(|(op, _)| *op == at) {
            let mut cycle: Vec<usize> = path[closed..].iter().map(|(_, edge)| *edge).collect();
            cycle.sort_by_key(|edge| !matches!(edges[*edge].why, Why::Unique(_)));
            return cycle;
        }
        let before = edges.iter().enumerate().find(|(_, edge)| edge.to == at && left[edge.from]);
        let Some((index, edge)) = before else { return path.into_iter().map(|(_, edge)| edge).collect() };
        path.push((at, index));
        at = edge.from;
    }
}

fn try_break(tables: &[&dyn PlanTable], ops: &mut Vec<Op>, edges: &mut Vec<Edge>, index: usize) -> bool {
    let Edge { from, to, why } = edges[index];
    let nullable = |op: &Op, columns: ColumnSet| {
        let def = tables[op.set].def();
        columns.iter().all(|column| def.columns[column].nullable)
    };
    match why {
        // The row that holds the value parks it first; then the other may take it.
        Why::Unique(columns) => {
            let def = tables[ops[from].set].def();
            let found = columns.iter().find_map(|column| parked(def, column).map(|datum| (column, datum)));
            let Some((column, datum)) = found else { return false };
            let park = push_extra(ops, from, ColumnSet::of(&[column]), vec![(column, datum)]);
            before(edges, park, from, why);
            true
        }
        // The row is inserted without its reference, which follows when the other row is there.
        Why::Refers(columns) => {
            if ops[to].kind != WriteKind::Insert || !nullable(&ops[to], columns) {
                return false;
            }
            ops[to].instead.extend(nulls(columns));
            let later = push_extra(ops, to, columns, Vec::new());
            for edge in edges.iter_mut().filter(|edge| edge.to == to && edge.why == why) {
                edge.to = later;
            }
            edges.push(Edge { from: to, to: later, why: Why::Unique(columns) });
            true
        }
        // The reference goes first, in a statement of its own.
        Why::LetsGo(columns) => {
            if ops[from].extra || !nullable(&ops[from], columns) {
                return false;
            }
            let first = push_extra(ops, from, columns, nulls(columns));
            before(edges, first, from, why);
            true
        }
        // Nobody can name the row before it is there.
        Why::Waits => false,
    }
}

/// Who waited for `op` for this reason now waits for `extra`, and `op` itself comes after it.
fn before(edges: &mut Vec<Edge>, extra: usize, op: usize, why: Why) {
    for edge in edges.iter_mut().filter(|edge| edge.from == op && edge.why == why) {
        edge.from = extra;
    }
    // Never in one statement: no statement may change a row twice.
    let columns = match why {
        Why::Unique(columns) | Why::Refers(columns) | Why::LetsGo(columns) => columns,
        Why::Waits => ColumnSet::EMPTY,
    };
    edges.push(Edge { from: extra, to: op, why: Why::Unique(columns) });
}

fn nulls(columns: ColumnSet) -> Vec<(usize, Datum)> {
    columns.iter().map(|column| (column, Datum::Null)).collect()
}

/// One more update of the row of an operation, without its version.
fn push_extra(ops: &mut Vec<Op>, of: usize, columns: ColumnSet, instead: Vec<(usize, Datum)>) -> usize {
    let Op { set, row, .. } = ops[of];
    let extra =
        Op { set, row, kind: WriteKind::Update, columns, returning: ColumnSet::EMPTY, extra: true, instead };
    ops.push(extra);
    ops.len() - 1
}
