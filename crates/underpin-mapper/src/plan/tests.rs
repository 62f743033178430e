//! Plans for the orders that trip other tools: replaced and swapped unique values, references that move, circles.

use underpin_core::{CellError, ColumnSet, ColumnType, Encoder};
use underpin_schema::{ColumnDef, ForeignKeyAction, ForeignKeyDef, StatementSlots, TableDef, UniqueDef};
use underpin_sql::{CellOf, WriteKind};

use super::{Change, FlushPlan, PlanTable, plan};

const fn column(name: &'static str, ty: ColumnType, nullable: bool) -> ColumnDef {
    ColumnDef::new(name, ty, nullable, false)
}

/// id, name (unique), parent (refers to the table named).
macro_rules! table {
    ($static:ident, $name:literal, $refers:literal, nullable $nullable:literal) => {
        static $static: TableDef = TableDef {
            name: $name,
            schema: None,
            comment: None,
            renamed_from: None,
            columns: &[
                column("id", ColumnType::BigInt, false),
                column("name", ColumnType::Text, false),
                column("parent", ColumnType::BigInt, $nullable),
            ],
            primary_key: &[0],
            uniques: &[UniqueDef { name: None, columns: &[1], deferred: false }],
            indexes: &[],
            checks: &[],
            foreign_keys: &[ForeignKeyDef {
                name: None,
                columns: &[2],
                table: $refers,
                targets: &["id"],
                on_delete: ForeignKeyAction::NoAction,
                on_update: ForeignKeyAction::NoAction,
                deferred: false,
            }],
            excludes: &[],
            statements: StatementSlots::new(),
        };
    };
}

table!(NODES, "nodes", "nodes", nullable true);
table!(TEAMS, "teams", "nodes", nullable false);
table!(EGGS, "eggs", "hens", nullable false);
table!(HENS, "hens", "eggs", nullable false);
table!(LOOSE_EGGS, "loose_eggs", "loose_hens", nullable true);
table!(LOOSE_HENS, "loose_hens", "loose_eggs", nullable true);

type Cells = (i64, &'static str, Option<i64>);

struct Fake {
    def: &'static TableDef,
    /// What each row was, and what it shall be.
    rows: Vec<(Option<Cells>, Option<Cells>)>,
}

impl Fake {
    fn new(def: &'static TableDef, rows: &[(Option<Cells>, Option<Cells>)]) -> Self {
        Self { def, rows: rows.to_vec() }
    }

    fn changes(&self) -> Vec<Change> {
        let change = |(row, (old, new)): (usize, &(Option<Cells>, Option<Cells>))| {
            let (kind, columns) = match (old, new) {
                (None, Some(_)) => (WriteKind::Insert, ColumnSet::first(3)),
                (Some(_), None) => (WriteKind::Delete, ColumnSet::EMPTY),
                (Some(old), Some(new)) => {
                    let mut columns = ColumnSet::EMPTY;
                    if old.1 != new.1 {
                        columns.insert(1);
                    }
                    if old.2 != new.2 {
                        columns.insert(2);
                    }
                    (WriteKind::Update, columns)
                }
                (None, None) => return None,
            };
            Some(Change { row, kind, columns, returning: ColumnSet::EMPTY })
        };
        self.rows.iter().enumerate().filter_map(change).collect()
    }
}

impl PlanTable for Fake {
    fn def(&self) -> &'static TableDef {
        self.def
    }
    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (row, position) = match cell {
            CellOf::New(position) => (self.rows[row].1.or(self.rows[row].0), position),
            CellOf::Old(position) => (self.rows[row].0.or(self.rows[row].1), position),
        };
        let row = row.unwrap();
        match position {
            0 => out.i64(row.0),
            1 => out.text(row.1),
            _ => match row.2 {
                Some(parent) => out.i64(parent),
                None => out.null(),
            },
        }
    }
    fn key_text(&self, row: usize) -> String {
        row.to_string()
    }
    fn sort_by_key(&self, rows: &mut [usize]) {
        rows.sort_by_key(|row| self.rows[*row].0.or(self.rows[*row].1).map(|cells| cells.0));
    }
}

fn planned(tables: &[Fake], whole_statements: bool) -> FlushPlan {
    let refs: Vec<&dyn PlanTable> = tables.iter().map(|table| table as &dyn PlanTable).collect();
    plan(&refs, tables.iter().map(Fake::changes).collect(), whole_statements, &[]).unwrap()
}

fn lines(tables: &[Fake]) -> Vec<String> {
    planned(tables, true).to_string().lines().map(str::to_owned).collect()
}

#[test]
fn without_edges_groups_stand_in_rank_order_and_rows_by_key() {
    let nodes = Fake::new(
        &NODES,
        &[(None, Some((3, "c", None))), (Some((9, "x", None)), None), (None, Some((2, "b", None)))],
    );
    let plan = planned(&[nodes], true);
    assert_eq!(plan.to_string(), "DELETE nodes: 1 row\nINSERT nodes: 2 rows\n");
    assert_eq!(plan.groups[1].rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 0]);
}

#[test]
fn parents_come_before_children_and_go_after_them() {
    let teams = Fake::new(&TEAMS, &[(None, Some((1, "a", Some(10)))), (Some((2, "b", Some(20))), None)]);
    let nodes = Fake::new(&NODES, &[(None, Some((10, "n", None))), (Some((20, "m", None)), None)]);
    assert_eq!(
        lines(&[teams, nodes]),
        ["DELETE teams: 1 row", "DELETE nodes: 1 row", "INSERT nodes: 1 row", "INSERT teams: 1 row"]
    );
}

#[test]
fn a_tree_in_one_table_is_one_statement_or_ordered_rows() {
    let tree = || {
        Fake::new(
            &NODES,
            &[(None, Some((1, "a", Some(2)))), (None, Some((2, "b", Some(3)))), (None, Some((3, "c", None)))],
        )
    };
    assert_eq!(lines(&[tree()]), ["INSERT nodes: 3 rows"]);
    let plan = planned(&[tree()], false);
    assert_eq!(plan.groups.len(), 1);
    assert_eq!(plan.groups[0].rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 1, 0]);
}

#[test]
fn a_unique_value_can_be_replaced_and_handed_on() {
    let replaced = Fake::new(&NODES, &[(Some((1, "a", None)), None), (None, Some((2, "a", None)))]);
    assert_eq!(lines(&[replaced]), ["DELETE nodes: 1 row", "INSERT nodes: 1 row"]);

    // 1 takes what 2 lets go, 2 takes something new: two statements, the second row first.
    let handed = || {
        Fake::new(
            &NODES,
            &[(Some((1, "a", None)), Some((1, "b", None))), (Some((2, "b", None)), Some((2, "c", None)))],
        )
    };
    let plan = planned(&[handed()], true);
    assert_eq!(plan.groups.iter().map(|group| group.rows[0].row).collect::<Vec<_>>(), [1, 0]);
    // Row by row, one group in the right order.
    let plan = planned(&[handed()], false);
    assert_eq!(plan.groups.len(), 1);
    assert_eq!(plan.groups[0].rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn swapped_unique_values_are_parked() {
    let swapped = Fake::new(
        &NODES,
        &[(Some((1, "a", None)), Some((1, "b", None))), (Some((2, "b", None)), Some((2, "a", None)))],
    );
    let plan = planned(&[swapped], true);
    assert_eq!(
        plan.to_string(),
        "UPDATE nodes: 1 row, columns name, for the time being\n\
         UPDATE nodes: 1 row, columns name\n\
         UPDATE nodes: 1 row, columns name\n"
    );
    let order: Vec<usize> = plan.groups.iter().map(|group| group.rows[0].row).collect();
    // Whoever is parked comes last, and its parking does not count as a version.
    assert_eq!(order[0], order[2]);
    assert_ne!(order[0], order[1]);
    assert!(!plan.groups[0].versioned);
}

#[test]
fn a_parent_is_replaced_under_its_child() {
    // Node 10 goes, node 11 takes its name, team 1 moves over: none of the three can be first without parking.
    let teams = Fake::new(&TEAMS, &[(Some((1, "t", Some(10))), Some((1, "t", Some(11))))]);
    let nodes = Fake::new(&NODES, &[(Some((10, "n", None)), None), (None, Some((11, "n", None)))]);
    assert_eq!(
        lines(&[teams, nodes]),
        [
            "UPDATE nodes: 1 row, columns name, for the time being",
            "INSERT nodes: 1 row",
            "UPDATE teams: 1 row, columns parent",
            "DELETE nodes: 1 row",
        ]
    );
}

#[test]
fn a_circle_of_nullable_references_is_inserted_and_deleted_in_two_steps() {
    let made = [
        Fake::new(&LOOSE_EGGS, &[(None, Some((1, "e", Some(2))))]),
        Fake::new(&LOOSE_HENS, &[(None, Some((2, "h", Some(1))))]),
    ];
    let made = lines(&made);
    assert_eq!(made.len(), 3, "{made:?}");
    assert!(made[0].starts_with("INSERT") && made[0].ends_with("for the time being"), "{made:?}");
    assert!(made[1].starts_with("INSERT") && made[2].starts_with("UPDATE"), "{made:?}");

    let gone = [
        Fake::new(&LOOSE_EGGS, &[(Some((1, "e", Some(2))), None)]),
        Fake::new(&LOOSE_HENS, &[(Some((2, "h", Some(1))), None)]),
    ];
    let gone = lines(&gone);
    assert_eq!(gone.len(), 3, "{gone:?}");
    assert!(gone[0].starts_with("UPDATE") && gone[1].starts_with("DELETE") && gone[2].starts_with("DELETE"));
}

#[test]
fn a_circle_that_nothing_breaks_is_an_error_that_names_the_tables() {
    let eggs = Fake::new(&EGGS, &[(None, Some((1, "e", Some(2))))]);
    let hens = Fake::new(&HENS, &[(None, Some((2, "h", Some(1))))]);
    let tables: [&dyn PlanTable; 2] = [&eggs, &hens];
    let error = plan(&tables, vec![eggs.changes(), hens.changes()], true, &[]).unwrap_err();
    assert!(error.is_usage());
    assert!(error.to_string().contains("eggs") && error.to_string().contains("hens"), "{error}");
}
