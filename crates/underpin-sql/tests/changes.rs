//! The text of changes of many rows, on both dialects.

#![allow(clippy::unwrap_used, reason = "tests")]

use underpin_core::{CellError, ColumnSet, ColumnType, Dialect, Encoder};
use underpin_schema::{ColumnDef, Generation, StatementSlots, TableDef};
use underpin_sql::{
    CellOf, Change, ChangeKind, Comparison, Conflict, Insert, Param, Rows, Select, Shape, Tree, assignment,
    render_change,
};

const fn column(name: &'static str, ty: ColumnType, version: bool, generation: Generation) -> ColumnDef {
    ColumnDef { generation, version, ..ColumnDef::new(name, ty, false, false) }
}

static CARS: TableDef = TableDef {
    name: "ca\"rs",
    schema: Some("app"),
    comment: None,
    renamed_from: None,
    columns: &[
        column("id", ColumnType::BigInt, false, Generation::Given),
        column("price", ColumnType::Numeric { precision: 12, scale: 2 }, false, Generation::Given),
        column("version", ColumnType::BigInt, true, Generation::Given),
        column("counted", ColumnType::BigInt, false, Generation::Identity { always: true }),
    ],
    primary_key: &[0],
    uniques: &[],
    indexes: &[],
    checks: &[],
    foreign_keys: &[],
    excludes: &[],
    statements: StatementSlots::new(),
};

struct NoRows;

impl Rows for NoRows {
    fn len(&self) -> usize {
        0
    }
    fn encode(&self, _: usize, _: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.null()
    }
    fn key_text(&self, _: usize) -> String {
        String::new()
    }
}

fn text(kind: ChangeKind<'_>, filtered: bool, shape: Shape) -> [String; 2] {
    let mut of = Select::new(&CARS);
    if filtered {
        of.filter(Tree::column(&CARS, 0).compare_value(Comparison::Gt, Param::new(7_i64)));
        of.columns.push(Tree::column(&CARS, 1));
    }
    let change = Change { kind, of };
    [(Dialect::POSTGRES, shape), (Dialect::SQLITE, Shape::One)]
        .map(|(dialect, shape)| render_change(&change, dialect, shape).unwrap().text)
}

#[test]
fn updates_count_the_version() {
    let price = Tree::column(&CARS, 1);
    let set = vec![
        assignment(&CARS, 1, price.beside(Param::new(1_i64))).unwrap(),
        assignment(&CARS, 0, Tree::column(&CARS, 0)).unwrap(),
    ];
    let [postgres, sqlite] = text(ChangeKind::Update(set), true, Shape::One);
    assert_eq!(
        postgres,
        "UPDATE \"app\".\"ca\"\"rs\" SET \"price\" = $1::numeric, \"id\" = \"id\", \"version\" = \"version\" + 1 \
         WHERE \"id\" > $2 RETURNING \"price\""
    );
    assert_eq!(
        sqlite,
        "UPDATE \"ca\"\"rs\" SET \"price\" = ?1, \"id\" = \"id\", \"version\" = \"version\" + 1 \
         WHERE \"id\" > ?2 RETURNING \"price\""
    );
}

#[test]
fn deletes_take_a_condition() {
    let [postgres, sqlite] = text(ChangeKind::Delete, true, Shape::One);
    assert_eq!(postgres, "DELETE FROM \"app\".\"ca\"\"rs\" WHERE \"id\" > $1 RETURNING \"price\"");
    assert_eq!(sqlite, "DELETE FROM \"ca\"\"rs\" WHERE \"id\" > ?1 RETURNING \"price\"");
    assert_eq!(text(ChangeKind::Delete, false, Shape::One)[1], "DELETE FROM \"ca\"\"rs\"");
}

#[test]
fn upserts_say_what_is_taken_over() {
    let upsert = |update: &[usize], shape| {
        let conflict = Conflict { columns: vec![0], update: ColumnSet::of(update) };
        let columns = ColumnSet::of(&[0, 1]);
        text(ChangeKind::Insert(Insert { columns, rows: &NoRows, conflict: Some(&conflict) }), false, shape)
    };
    let [postgres, sqlite] = upsert(&[1], Shape::Many);
    assert_eq!(
        postgres,
        "INSERT INTO \"app\".\"ca\"\"rs\" (\"id\", \"price\") SELECT i.c0, i.c1 \
         FROM unnest($1::int8[], $2::numeric[]) AS i(c0, c1) ON CONFLICT (\"id\") \
         DO UPDATE SET \"price\" = excluded.\"price\", \"version\" = \"ca\"\"rs\".\"version\" + 1"
    );
    assert_eq!(
        sqlite,
        "INSERT INTO \"ca\"\"rs\" (\"id\", \"price\") VALUES (?1, ?2) ON CONFLICT (\"id\") \
         DO UPDATE SET \"price\" = excluded.\"price\", \"version\" = \"ca\"\"rs\".\"version\" + 1"
    );
    let [postgres, _] = upsert(&[], Shape::One);
    assert_eq!(
        postgres,
        "INSERT INTO \"app\".\"ca\"\"rs\" (\"id\", \"price\") VALUES ($1, $2) ON CONFLICT (\"id\") DO NOTHING"
    );
}

#[test]
fn what_the_program_does_not_write_cannot_be_set() {
    for (position, says) in [(2, "version"), (3, "database alone"), (9, "number 9")] {
        let error = assignment(&CARS, position, Tree::column(&CARS, 0)).unwrap_err();
        assert!(error.is_usage() && error.to_string().contains(says), "{error}");
    }
}
