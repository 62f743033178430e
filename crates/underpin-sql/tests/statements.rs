//! The text of every kind of statement, on both dialects.

#![allow(clippy::unwrap_used, reason = "tests")]

use underpin_core::{CellError, ColumnSet, ColumnType, Dialect, Encoder};
use underpin_schema::{ColumnDef, StatementSlots, TableDef};
use underpin_sql::{
    CellOf, Column, Comparison, Lock, Param, Rows, Select, Shape, TableStatements, Tree, Write, WriteKind,
    combine, quote, render_select,
};

const fn column(name: &'static str, ty: ColumnType, nullable: bool, version: bool) -> ColumnDef {
    ColumnDef { version, ..ColumnDef::new(name, ty, nullable, false) }
}

static USERS: TableDef = TableDef {
    name: "users",
    schema: Some("app"),
    comment: None,
    renamed_from: None,
    columns: &[
        column("id", ColumnType::Varchar(36), false, false),
        column("tags", ColumnType::Array(&ColumnType::Integer), false, false),
        column("nick\"name", ColumnType::Text, true, false),
        column("version", ColumnType::BigInt, false, true),
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

fn text(
    dialect: &'static Dialect,
    shape: Shape,
    kind: WriteKind,
    columns: &[usize],
    returning: &[usize],
) -> String {
    let write = Write {
        table: &USERS,
        kind,
        columns: ColumnSet::of(columns),
        returning: ColumnSet::of(returning),
        versioned: kind != WriteKind::Insert,
        rows: &NoRows,
    };
    let statement = TableStatements::of(&USERS, dialect).unwrap().write(&write, shape);
    statement.statement.text().to_owned()
}

#[test]
fn inserts() {
    assert_eq!(
        text(Dialect::POSTGRES, Shape::One, WriteKind::Insert, &[0, 2], &[3]),
        r#"INSERT INTO "app"."users" ("id", "nick""name") VALUES ($1, $2) RETURNING "version""#
    );
    // An array of arrays would be flattened, so that arrays travel as their text.
    assert_eq!(
        text(Dialect::POSTGRES, Shape::Many, WriteKind::Insert, &[0, 1], &[]),
        r#"INSERT INTO "app"."users" ("id", "tags") SELECT i.c0, i.c1::int4[] FROM unnest($1::text[], $2::text[]) AS i(c0, c1)"#
    );
    assert_eq!(
        text(Dialect::SQLITE, Shape::One, WriteKind::Insert, &[0, 1], &[3]),
        r#"INSERT INTO "users" ("id", "tags") VALUES (?1, ?2) RETURNING "version""#
    );
    assert_eq!(
        text(Dialect::SQLITE, Shape::One, WriteKind::Insert, &[], &[]),
        r#"INSERT INTO "users" DEFAULT VALUES"#
    );
}

#[test]
fn updates_check_and_count_the_version() {
    assert_eq!(
        text(Dialect::SQLITE, Shape::One, WriteKind::Update, &[2], &[]),
        r#"UPDATE "users" SET "nick""name" = ?1, "version" = "version" + 1 WHERE "id" = ?2 AND "version" = ?3"#
    );
    let many = text(Dialect::POSTGRES, Shape::Many, WriteKind::Update, &[2], &[]);
    assert!(
        many.starts_with(
            r#"WITH changed AS (UPDATE "app"."users" AS t SET "nick""name" = i.c2, "version" = t."version" + 1 FROM unnest((SELECT $1::text[]), (SELECT $2::int8[]), (SELECT $3::text[])) WITH ORDINALITY AS i(c0, c1, c2, ord) WHERE t."id" = i.c0 AND t."version" = i.c1 RETURNING i.ord)"#
        ),
        "{many}"
    );
    assert!(many.contains("'underpin: stale row '"), "{many}");
}

#[test]
fn deletes_check_the_version() {
    assert_eq!(
        text(Dialect::SQLITE, Shape::One, WriteKind::Delete, &[], &[]),
        r#"DELETE FROM "users" WHERE "id" = ?1 AND "version" = ?2"#
    );
    let many = text(Dialect::POSTGRES, Shape::Many, WriteKind::Delete, &[], &[]);
    assert!(many.contains(r#"DELETE FROM "app"."users" AS t USING unnest((SELECT $1::text[])"#), "{many}");
}

#[test]
fn several_writes_are_one_statement() {
    let write = |kind, shape, columns: &[usize]| {
        let write = Write {
            table: &USERS,
            kind,
            columns: ColumnSet::of(columns),
            returning: ColumnSet::EMPTY,
            versioned: false,
            rows: &NoRows,
        };
        TableStatements::of(&USERS, Dialect::POSTGRES).unwrap().write(&write, shape)
    };
    let one = write(WriteKind::Insert, Shape::One, &[0]);
    let many = write(WriteKind::Insert, Shape::Many, &[0, 2]);
    assert_eq!(
        combine(&[&one, &many, &one]),
        r#"WITH w1 AS (INSERT INTO "app"."users" ("id") VALUES ($1)), w2 AS (INSERT INTO "app"."users" ("id", "nick""name") SELECT i.c0, i.c1 FROM unnest($2::text[], $3::text[]) AS i(c0, c1)) INSERT INTO "app"."users" ("id") VALUES ($4)"#
    );
    let gone = write(WriteKind::Delete, Shape::One, &[]);
    let changed = write(WriteKind::Update, Shape::Many, &[2]);
    assert_eq!(
        combine(&[&gone, &changed, &one]),
        r#"WITH w1 AS (DELETE FROM "app"."users" WHERE "id" = $1 RETURNING 1 AS ord), w2 AS (UPDATE "app"."users" AS t SET "nick""name" = i.c1 FROM unnest((SELECT $2::text[]), (SELECT $3::text[])) WITH ORDINALITY AS i(c0, c1, ord) WHERE t."id" = i.c0 RETURNING i.ord), w3 AS (INSERT INTO "app"."users" ("id") VALUES ($4)) SELECT ('underpin: stale row 1:' || 1 + count(*))::int FROM w1 HAVING count(*) <> 1 UNION ALL SELECT ('underpin: stale row 2:' || (SELECT min(o.ord) FROM unnest($2::text[]) WITH ORDINALITY AS o(c0, ord) WHERE o.ord <> ALL (ARRAY(SELECT c.ord FROM w2 AS c))))::int FROM w2 HAVING count(*) <> cardinality($2::text[])"#
    );
}

#[test]
fn a_statement_is_rendered_once_and_keeps_its_number() {
    let of = |dialect| TableStatements::of(&USERS, dialect).unwrap().by_key().statement.id();
    assert_eq!(of(Dialect::POSTGRES), of(Dialect::POSTGRES));
    assert_ne!(of(Dialect::POSTGRES), of(Dialect::SQLITE));
}

#[test]
fn queries_have_one_text_for_one_form() {
    let query = |id: &str, limit| {
        let mut select = Select::new(&USERS);
        let value = Param::new(id.to_owned());
        let column = |position| Tree::column(&USERS, position);
        select.filter(column(0).compare_value(Comparison::Ge, value));
        let among = column(2).is_in(vec![Param::new("x".to_owned())]);
        select.filter(column(2).is_null().or(among.negated()));
        select.limit = Some(limit);
        select.lock = Lock::SkipLocked;
        select
    };
    let (one, other) = (query("a", 1), query("'; DROP TABLE users; --", 99));
    let (text, params) = render_select(&one, Dialect::POSTGRES).unwrap();
    assert_eq!(text, render_select(&other, Dialect::POSTGRES).unwrap().0);
    assert_eq!(params.len(), 3);
    assert_eq!(
        text,
        r#"SELECT "id", "tags", "nick""name", "version" FROM "app"."users" WHERE "id" >= $1 AND ("nick""name" IS NULL OR NOT ("nick""name" IN (SELECT unnest($2::text[])))) LIMIT $3 FOR UPDATE SKIP LOCKED"#
    );
    // SQLite has no row locks; its one writer is the lock.
    assert_eq!(
        render_select(&one, Dialect::SQLITE).unwrap().0,
        r#"SELECT "id", "tags", "nick""name", "version" FROM "users" WHERE "id" >= ?1 AND ("nick""name" IS NULL OR NOT ("nick""name" IN (?2))) LIMIT ?3"#
    );
}

#[test]
fn names_are_quoted() {
    assert_eq!(quote(r#"a"b"#), r#""a""b""#);
    let column: Column<(), String> = Column::new("users", "id", 0);
    assert_eq!(format!("{column:?}"), "users.id");
}
